using System;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The connection settings that a caller gave: endpoint and credentials. Equal settings share a connection.</summary>
/// <param name="Region">Region's system name, such as <c>eu-west-1</c>; null means that it is looked up.</param>
/// <param name="ProfileName">A profile of the shared files, used without fallback; null uses the default credential chain.</param>
/// <param name="AccessKey">Access key id; with <paramref name="SecretKey"/>.</param>
/// <param name="SecretKey">Secret access key.</param>
/// <param name="SessionToken">Session token of temporary credentials.</param>
/// <param name="EndpointUrl">An endpoint instead of the region's, such as <c>http://127.0.0.1:8990</c>.</param>
internal sealed record ConnectionSettings(
    string? Region = null,
    string? ProfileName = null,
    string? AccessKey = null,
    [property: Sensitive] string? SecretKey = null,
    [property: Sensitive] string? SessionToken = null,
    string? EndpointUrl = null)
{
    /// <summary>The time limit of one request if none is given.</summary>
    public static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Provides the keys, requested before each call; instead of <see cref="AccessKey"/> and <see cref="SecretKey"/>.</summary>
    public IKeySource? KeySource { get; init; }

    /// <summary>Whether FIPS endpoints are used; null reads AWS_USE_FIPS_ENDPOINT and the profile.</summary>
    public bool? UseFipsEndpoint { get; init; }

    /// <summary>Whether dual-stack endpoints are used; null reads AWS_USE_DUALSTACK_ENDPOINT and the profile.</summary>
    public bool? UseDualStackEndpoint { get; init; }

    /// <summary>The time limit of one request, with its retries by the client. Default: 60 s.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>Checks a time limit.</summary>
    /// <param name="timeout">The time limit; null for the default.</param>
    /// <returns>The time limit.</returns>
    /// <exception cref="InvalidParameterException">It is not positive, or longer than a timer can be.</exception>
    public static TimeSpan? CheckRequestTimeout(TimeSpan? timeout) => timeout is not { } time || (time > TimeSpan.Zero && time.TotalMilliseconds <= int.MaxValue)
        ? timeout
        : throw new InvalidParameterException($"RequestTimeout must be greater than zero and at most {TimeSpan.FromMilliseconds(int.MaxValue).Days} days.");

    /// <summary>Region, profile and endpoint; never a key.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"Region={Region}, ProfileName={ProfileName}, EndpointUrl={EndpointUrl}, Keys={(SecretKey is null && KeySource is null ? "none" : "given")}";
}

/// <summary>Provides keys on request: credentials that another module created and refreshes.</summary>
internal interface IKeySource
{
    /// <summary>Its name for messages, such as <c>-Credential</c>. Contains no key.</summary>
    string Name { get; }

    /// <summary>Reads the current keys. It may block the thread; the caller limits the time.</summary>
    /// <returns>Access key id, secret access key, and the session token of temporary keys.</returns>
    /// <exception cref="KeysUnavailableException">There are no keys. The message has the reason and contains no key.</exception>
    Task<(string AccessKey, string SecretKey, string? SessionToken)> GetKeysAsync();
}

/// <summary>The object of another module returned no keys. Every other exception of a key source is a defect of this module.</summary>
/// <param name="reason">The reason; contains no key.</param>
internal sealed class KeysUnavailableException(string reason) : Exception(reason);
