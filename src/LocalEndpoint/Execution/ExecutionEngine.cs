using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Containers;
using AppRunner.LocalEndpoint.Execution.Deployments;
using AppRunner.LocalEndpoint.Execution.Folders;
using AppRunner.LocalEndpoint.Execution.Secrets;
using AppRunner.LocalEndpoint.Execution.Sources;
using AppRunner.LocalEndpoint.FrontDoor;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Carries out what the services' definitions say: builds, runs, checks and serves.</summary>
internal sealed class ExecutionEngine : IAsyncDisposable
{
    private static readonly PosixSignal[] Ends = [PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<StoredService, ExecutedService> services = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly WorkFolder work;
    private readonly FrontDoorServer frontDoor;
    private readonly PosixSignalRegistration[] signals;
    private int stopped;

    /// <summary>Makes the engine, and cleans up after endpoints that are gone.</summary>
    /// <param name="options">Options that have been checked.</param>
    /// <param name="times">How long things take.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="LocalEndpointException">The work folder cannot be used.</exception>
    public ExecutionEngine(LocalEndpointOptions options, ExecutionSettings times, IClock clock)
    {
        Times = times;
        Clock = clock;
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
        Builder = new ReleaseBuilder(new CodeBuilder(work, Git, secrets), new ImageBuilder(work, secrets, times.ContainerPath));

        // A session that ends without stopping its endpoints leaves no folder either. What the runtime does by itself with a signal differs
        // between its versions.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        signals = [.. Ends.Select(signal => PosixSignalRegistration.Create(signal, _ => StopNow()))];
    }

    /// <summary>How long things take.</summary>
    public ExecutionSettings Times { get; }

    /// <summary>The time.</summary>
    public IClock Clock { get; }

    /// <summary>The git program.</summary>
    public GitProgram Git { get; }

    /// <summary>From sources to releases.</summary>
    public ReleaseBuilder Builder { get; }

    /// <summary>Builds that run at a time: more would only make each other slower.</summary>
    public SemaphoreSlim BuildSlots { get; } = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Ends when the endpoint stops.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Takes a new service. Its address answers from now on, be it that it is being created.</summary>
    /// <param name="region">Where it lives; locked by the caller.</param>
    /// <param name="service">The service.</param>
    /// <returns>The address, as ServiceUrl has it.</returns>
    public string Open(Region region, StoredService service)
    {
        var route = frontDoor.Open($"{service.Id}.{region.Name}");
        services[service] = new ExecutedService(this, region, service, route, service.Log, Path.Combine(work.Services, service.Id));
        return route.Host;
    }

    /// <summary>Begins the work of an operation; its end is told to the <see cref="ServiceStore"/>. Waits for nothing.</summary>
    /// <param name="service">A service that was opened and on which no other operation runs.</param>
    /// <param name="operation">The operation.</param>
    public void Begin(StoredService service, StoredOperation operation) => services[service].Begin(operation, service.Configuration);

    /// <summary>The service as it is carried out; null where there is none.</summary>
    public ExecutedService? Find(StoredService service) => services.GetValueOrDefault(service);

    /// <summary>Forgets a service that is deleted.</summary>
    public void Forget(StoredService service) => services.TryRemove(service, out _);

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
    }

    private void OnProcessExit(object? sender, EventArgs e) => StopNow();

    private void StopNow() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).Wait(LastMoment);
}
