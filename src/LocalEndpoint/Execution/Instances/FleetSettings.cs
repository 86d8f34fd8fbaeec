using System;
using System.Threading;
using AppRunner.LocalEndpoint.Execution.Health;
using AppRunner.LocalEndpoint.Logs;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution.Instances;

/// <summary>How the instances of one release are looked after.</summary>
/// <param name="Probe">What makes them healthy and sick.</param>
/// <param name="MinSize">How many there are at least.</param>
/// <param name="MaxSize">How many there are at most.</param>
/// <param name="MaxConcurrency">Requests at a time that one instance is meant for.</param>
/// <param name="Times">How long things take.</param>
/// <param name="Log">The service's log.</param>
/// <param name="Clock">The time.</param>
/// <param name="Stopping">Ends all patience with requests, because the endpoint stops.</param>
internal sealed record FleetSettings(HealthProbe Probe, int MinSize, int MaxSize, int MaxConcurrency, ExecutionSettings Times, ServiceLog Log, IClock Clock, CancellationToken Stopping)
{
    /// <summary>How many instances there should be.</summary>
    /// <param name="requests">Requests that are being answered.</param>
    public int SizeFor(int requests) => Math.Clamp((requests + MaxConcurrency - 1) / MaxConcurrency, MinSize, MaxSize);
}
