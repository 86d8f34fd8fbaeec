using System;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>What one request may take of the front door. Bodies may have any size: they pass through as they come.</summary>
internal sealed record FrontDoorLimits : PeerLimits
{
    /// <summary>From the first byte of a request to the end of its headers.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From the end of a request's headers to the last byte of the answer: App Runner's own limit. Upgraded connections have none.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>For an instance to accept a connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection to an instance is kept for the next request: shorter than programs keep theirs, so that it is not they who close it.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance that has refused a connection is asked last.</summary>
    public TimeSpan Shunned { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one side of an upgraded connection may go on when the other has ended.</summary>
    public TimeSpan HalfOpen { get; init; } = TimeSpan.FromSeconds(10);
}
