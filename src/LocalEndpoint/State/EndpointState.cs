using System;
using System.Collections.Concurrent;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>All that an endpoint remembers.</summary>
/// <param name="accountId">The account in the ARNs.</param>
/// <param name="operationDuration">How long an operation takes.</param>
/// <param name="serviceQuota">Services that one region may hold.</param>
/// <param name="logLimit">Bytes that one stream of a log may take.</param>
/// <param name="clock">The time; it begins now, and with it what each region has from the start.</param>
/// <param name="makeRunner">Makes the runner of a region's services.</param>
internal sealed class EndpointState(string accountId, TimeSpan operationDuration, int serviceQuota, int logLimit, IClock clock, Func<Region, IServiceRunner> makeRunner)
{
    private readonly ConcurrentDictionary<string, Region> regions = new(StringComparer.Ordinal);

    /// <summary>The account in the ARNs.</summary>
    public string AccountId { get; } = accountId;

    /// <summary>How long an operation takes.</summary>
    public TimeSpan OperationDuration { get; } = operationDuration;

    /// <summary>Services that one region may hold; deleted ones do not count.</summary>
    public int ServiceQuota { get; } = serviceQuota;

    /// <summary>When it began, and with it what each region has from the start.</summary>
    public DateTime StartedAt { get; } = clock.UtcNow;

    /// <summary>The time.</summary>
    public IClock Clock { get; } = clock;

    /// <summary>Bytes that one stream of a log may take.</summary>
    public int LogLimit { get; } = logLimit;

    /// <summary>Outcomes that wait for their operation.</summary>
    public ForcedOutcomeQueue ForcedOutcomes { get; } = new();

    /// <summary>The world of a region, made at its first use.</summary>
    public Region Region(string name) => regions.GetOrAdd(name, static (key, state) => new Region(key, state), this);

    /// <summary>A new runner for the services of a region.</summary>
    internal IServiceRunner RunnerOf(Region region) => makeRunner(region);
}
