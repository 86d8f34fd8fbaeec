using System.Security.Cryptography;

namespace AppRunner.LocalEndpoint.Signing;

/// <summary>What requests are signed with. Worth nothing outside the endpoint that made it.</summary>
/// <param name="AccessKey">The public half.</param>
/// <param name="SecretKey">The secret half.</param>
internal sealed record KeyPair(string AccessKey, string SecretKey)
{
    /// <summary>A new random pair in the form of AWS's own: 20 and 40 characters.</summary>
    public static KeyPair Random() => new(
        "AKLOCAL" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 13),
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40));

    /// <inheritdoc/>
    public override string ToString() => AccessKey;
}
