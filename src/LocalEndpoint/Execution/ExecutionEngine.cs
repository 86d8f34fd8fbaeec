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
    private static readonly PosixSignal[] Ends = [PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ExecutedService> services = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly WorkFolder work;
    private readonly FrontDoorServer frontDoor;
    private readonly PosixSignalRegistration[] signals;
    private int stopped;

    /// <summary>Makes the engine, and cleans up after endpoints that are gone.</summary>
    /// <param name="options">Options that have been checked.</param>
    /// <param name="settings">How long things take.</param>
    /// <param name="clock">The time.</param>
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

        // A session that ends without stopping its endpoints leaves no folder either. What the runtime does by itself with a signal differs
        // between its versions.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        signals = [.. Ends.Select(signal => PosixSignalRegistration.Create(signal, _ => StopNow()))];
    }

    /// <summary>How long things take.</summary>
    public ExecutionSettings Settings { get; }

    /// <summary>The time.</summary>
    public IClock Clock { get; }

    /// <summary>The git program.</summary>
    public GitProgram Git { get; }

    /// <summary>From sources to releases.</summary>
    public ReleaseBuilder Builder { get; }

    /// <summary>Builds that run at a time: more would only make each other slower.</summary>
    public SemaphoreSlim BuildSlots { get; } = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Ends when the endpoint stops.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Takes a new service. Its URL responds at once: 503 until the first deployment succeeds.</summary>
    /// <param name="id">The service's id, which no other service has.</param>
    /// <param name="regionName">Where it lives.</param>
    /// <param name="owner">Its owner.</param>
    public ExecutedService Open(string id, string regionName, IServiceOwner owner)
    {
        var route = frontDoor.Open($"{id}.{regionName}");
        return services[id] = new ExecutedService(this, id, owner, route, Path.Combine(work.Services, id));
    }

    /// <summary>A service; null where there is none.</summary>
    /// <param name="id">The service's id.</param>
    public ExecutedService? Find(string id) => services.GetValueOrDefault(id);

    /// <summary>Forgets a service that is deleted.</summary>
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

    private void StopNow() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).Wait(LastMoment);
}

/// <summary>How long the parts of the work may take, and how often things are polled.</summary>
internal sealed record ExecutionSettings
{
    /// <summary>Time until the source code is fetched and built.</summary>
    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time until a new instance must be healthy.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Between two polls of a new instance's port.</summary>
    public TimeSpan ListenInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>For requests in flight on an instance that was replaced: as long as a request may take.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>For requests in flight on a service that is paused.</summary>
    public TimeSpan PauseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For an instance to exit, before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long fewer instances must be enough before one is stopped.</summary>
    public TimeSpan ScaleDownAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before a replacement that did not become healthy is tried again; longer each time.</summary>
    public TimeSpan ReplacePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these pauses.</summary>
    public TimeSpan LongestReplacePause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two polls of a branch of a repository on this computer.</summary>
    public TimeSpan LocalPoll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two polls of a branch elsewhere.</summary>
    public TimeSpan RemotePoll { get; init; } = TimeSpan.FromSeconds(30);
}
