using System;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>What a caller gave about where to send and as whom. Equal settings share a connection.</summary>
/// <param name="Region">Region's system name, such as <c>eu-west-1</c>; null looks it up.</param>
/// <param name="ProfileName">A profile of the shared files, resolved strictly; null uses the SDK's chain.</param>
/// <param name="AccessKey">Access key id; with <paramref name="SecretKey"/>.</param>
/// <param name="SecretKey">Secret access key.</param>
/// <param name="SessionToken">Session token of temporary credentials.</param>
/// <param name="EndpointUrl">An address to use in place of the region's, such as <c>http://127.0.0.1:8990</c>.</param>
internal sealed record ConnectionSettings(
    string? Region = null,
    string? ProfileName = null,
    string? AccessKey = null,
    [property: Sensitive] string? SecretKey = null,
    [property: Sensitive] string? SessionToken = null,
    string? EndpointUrl = null)
{
    /// <summary>Gives the keys, anew before each call; in place of <see cref="AccessKey"/> and <see cref="SecretKey"/>.</summary>
    public IKeySource? KeySource { get; init; }

    /// <summary>Whether FIPS endpoints are used; null looks at AWS_USE_FIPS_ENDPOINT and the profile.</summary>
    public bool? UseFipsEndpoint { get; init; }

    /// <summary>Whether dual-stack endpoints are used; null looks at AWS_USE_DUALSTACK_ENDPOINT and the profile.</summary>
    public bool? UseDualStackEndpoint { get; init; }

    /// <summary>Longest time for one attempt of a call. Default: 100 s.</summary>
    public TimeSpan? CallTimeout { get; init; }

    /// <summary>Region, profile and endpoint; never a key.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"Region={Region}, ProfileName={ProfileName}, EndpointUrl={EndpointUrl}, Keys={(SecretKey is null && KeySource is null ? "none" : "given")}";
}

/// <summary>Gives keys whenever it is asked: credentials that another module made, and renews.</summary>
internal interface IKeySource
{
    /// <summary>What it is, for people: <c>-Credential</c>. No key.</summary>
    string Name { get; }

    /// <summary>The keys that are good now. It may take its time, and hold up the thread; who asks bounds that.</summary>
    /// <returns>Access key id, secret access key, and the session token of temporary keys.</returns>
    /// <exception cref="InvalidOperationException">It gives none; the message says why, and holds no key.</exception>
    Task<(string AccessKey, string SecretKey, string? SessionToken)> GetKeysAsync();
}
