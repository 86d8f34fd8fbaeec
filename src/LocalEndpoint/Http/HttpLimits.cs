using System;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>What one peer may take of the server: nothing here depends on the peer's good will.</summary>
internal sealed record HttpLimits
{
    /// <summary>Bytes of request line and headers together.</summary>
    public int HeadBytes { get; init; } = 32 * 1024;

    /// <summary>Bytes of a body.</summary>
    public int BodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Connections at once; one more is closed at once.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>How long a connection may lie idle between requests.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>From the first byte of a request to its last.</summary>
    public TimeSpan Receive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the peer to take the answer.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long bytes of a refused request are still taken and dropped, so that the peer gets to read the answer instead of a reset.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);
}
