using System;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>What a caller gave about where to send and as whom. Equal settings share a connection.</summary>
/// <param name="Region">Region's system name, such as <c>eu-west-1</c>; null looks it up.</param>
/// <param name="ProfileName">A profile of the shared files, resolved strictly; null uses the SDK's chain.</param>
/// <param name="AccessKey">Access key id; with <paramref name="SecretKey"/>.</param>
/// <param name="SecretKey">Secret access key.</param>
/// <param name="SessionToken">Session token of temporary credentials.</param>
/// <param name="EndpointUrl">An address to use in place of the region's, such as <c>http://127.0.0.1:8990</c>.</param>
public sealed record ConnectionSettings(
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
