using System;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>What one peer may take of the API's server.</summary>
internal sealed record HttpLimits : PeerLimits
{
    /// <summary>Bytes of a body.</summary>
    public int BodyBytes { get; init; } = 1024 * 1024;

    /// <summary>From the first byte of a request to its last.</summary>
    public TimeSpan Receive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the peer to take the answer.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(20);
}
