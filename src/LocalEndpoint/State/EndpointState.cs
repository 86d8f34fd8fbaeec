using System;
using System.Collections.Concurrent;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The state of a local endpoint.</summary>
/// <param name="accountId">The account in the ARNs.</param>
/// <param name="operationDuration">The duration of an operation.</param>
/// <param name="serviceQuota">The maximum number of services in a region.</param>
/// <param name="logLimit">The maximum size of a log stream in bytes.</param>
/// <param name="clock">The clock.</param>
/// <param name="makeRunner">Creates the runner of a region's services.</param>
internal sealed class EndpointState(string accountId, TimeSpan operationDuration, int serviceQuota, int logLimit, IClock clock, Func<Region, IServiceRunner> makeRunner)
{
    private readonly ConcurrentDictionary<string, Region> regions = new(StringComparer.Ordinal);

    /// <summary>The account in the ARNs.</summary>
    public string AccountId { get; } = accountId;

    /// <summary>The duration of an operation.</summary>
    public TimeSpan OperationDuration { get; } = operationDuration;

    /// <summary>The maximum number of services in a region; deleted services do not count.</summary>
    public int ServiceQuota { get; } = serviceQuota;

    /// <summary>When the endpoint started, which is the creation time of the default resources.</summary>
    public DateTime StartedAt { get; } = clock.UtcNow;

    /// <summary>The clock.</summary>
    public IClock Clock { get; } = clock;

    /// <summary>The maximum size of a log stream in bytes.</summary>
    public int LogLimit { get; } = logLimit;

    /// <summary>The outcomes that were set by SetNextOutcome.</summary>
    public ForcedOutcomeQueue ForcedOutcomes { get; } = new();

    /// <summary>The state of a region, created at first use.</summary>
    public Region Region(string name) => regions.GetOrAdd(name, static (key, state) => new Region(key, state), this);

    /// <summary>Creates the runner for the services of a region.</summary>
    internal IServiceRunner RunnerOf(Region region) => makeRunner(region);
}
