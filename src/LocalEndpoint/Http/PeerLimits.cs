using System;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>What one peer may take of a server: nothing here depends on the peer's good will.</summary>
internal abstract record PeerLimits
{
    /// <summary>Bytes of request line and headers together.</summary>
    public int HeadBytes { get; init; } = 32 * 1024;

    /// <summary>Connections at once; one more is closed at once.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>How long a connection may lie idle between requests.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long bytes of a refused request are still taken and dropped, so that the peer gets to read the answer instead of a reset.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);
}
