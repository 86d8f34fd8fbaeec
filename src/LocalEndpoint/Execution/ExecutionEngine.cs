using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Builds, runs, checks and serves workloads on this computer.</summary>
internal sealed class ExecutionEngine : IAsyncDisposable
{
    private static readonly PosixSignal[] TerminationSignals = [PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ExecutedService> services = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly WorkFolder work;
    private readonly FrontDoorServer frontDoor;
    private readonly PosixSignalRegistration[] signals;
    private int stopped;

    /// <summary>Creates the engine, and cleans up after endpoints that were killed.</summary>
    /// <param name="options">The validated options.</param>
    /// <param name="settings">Timeouts and intervals.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="containerPrograms">Finds Docker and Podman.</param>
    /// <exception cref="LocalEndpointException">The work folder cannot be used.</exception>
    public ExecutionEngine(LocalEndpointOptions options, ExecutionSettings settings, IClock clock, ProgramFinder containerPrograms)
    {
        Settings = settings;
        Clock = clock;
        Stopping = stopping.Token;
        work = new WorkFolder(options.WorkFolder);
        try
        {
            frontDoor = new FrontDoorServer(0, new FrontDoorLimits());
        }
        catch
        {
            work.Dispose();
            throw;
        }

        Git = new GitProgram(work);
        var secrets = new SecretValues(options.Secrets ?? new Dictionary<string, string>());
        Builder = new ReleaseBuilder(new CodeBuilder(work, Git, secrets), new ImageBuilder(work, secrets, containerPrograms));

        // Clean up too when the session ends without stopping its endpoints. Signals are handled here, because their default handling differs
        // between versions of .NET.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        signals = [.. TerminationSignals.Select(signal => PosixSignalRegistration.Create(signal, _ => StopNow()))];
    }

    /// <summary>Timeouts and intervals.</summary>
    public ExecutionSettings Settings { get; }

    /// <summary>The clock.</summary>
    public IClock Clock { get; }

    /// <summary>The git program.</summary>
    public GitProgram Git { get; }

    /// <summary>Builds releases.</summary>
    public ReleaseBuilder Builder { get; }

    /// <summary>Limits the number of builds at the same time: more builds would only slow each other down.</summary>
    public SemaphoreSlim BuildSlots { get; } = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Cancelled when the endpoint stops.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Adds a new service. Its URL responds at once: 503 until the first deployment succeeds.</summary>
    /// <param name="id">The unique id of the service.</param>
    /// <param name="regionName">The region.</param>
    /// <param name="owner">The owner of the service.</param>
    public ExecutedService Open(string id, string regionName, IServiceOwner owner)
    {
        var route = frontDoor.Open($"{id}.{regionName}");
        return services[id] = new ExecutedService(this, id, owner, route, Path.Combine(work.Services, id));
    }

    /// <summary>Finds a service; null if there is none.</summary>
    /// <param name="id">The service's id.</param>
    public ExecutedService? Find(string id) => services.GetValueOrDefault(id);

    /// <summary>Removes a deleted service.</summary>
    public void Forget(ExecutedService service) => services.TryRemove(service.Id, out _);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        foreach (var signal in signals)
            signal.Dispose();
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(services.Values.Select(service => service.StopAsync())).ConfigureAwait(false);
        await frontDoor.DisposeAsync().ConfigureAwait(false);
        work.Dispose();
        BuildSlots.Dispose();
        stopping.Dispose();
    }

    private void OnProcessExit(object? sender, EventArgs e) => StopNow();

    private void StopNow() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).Wait(ExitTimeout);
}

/// <summary>The timeouts and intervals of execution.</summary>
internal sealed record ExecutionSettings
{
    /// <summary>Timeout for fetching and building source code, or pulling an image.</summary>
    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Timeout for a new instance to become healthy.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Interval of polling the port of a new instance.</summary>
    public TimeSpan ListenInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Interval of measuring the CPU and memory of instances.</summary>
    public TimeSpan UsageInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Timeout for the requests in flight of a replaced instance: the maximum duration of a request.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Timeout for the requests in flight of a paused service.</summary>
    public TimeSpan PauseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Timeout for an instance to exit before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long there must be too many instances before one is stopped.</summary>
    public TimeSpan ScaleDownAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause before a failed start of an instance is retried; doubles with each failure.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum of this pause.</summary>
    public TimeSpan MaxRetryPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Interval of polling a branch of a local repository.</summary>
    public TimeSpan LocalPoll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Interval of polling a branch of a remote repository.</summary>
    public TimeSpan RemotePoll { get; init; } = TimeSpan.FromSeconds(30);
}
