using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A service that runs on this computer. Its operations run one after the other.</summary>
/// <remarks>
/// A deployment (of CreateService, UpdateService, StartDeployment):
/// <code>
/// 1. wait for a build slot
/// 2. build within BuildTimeout:   source or image -> Release
/// 3. start MinSize instances of it, all of which must become healthy     (not while the service is paused)
///    - 1 to 3 failed: stop the new instances, delete the new release, keep the old version -> rollback (Rollback), or failure without an old version
/// 4. switch the route to the new group in one step; the old group gets no new request
/// 5. in the background: drain the old group, stop it, delete its release
/// 6. report to the owner how the operation ended
/// </code>
/// PauseService keeps the release and stops the instances, so ResumeService does steps 3, 4 and 6 only.
/// </remarks>
internal sealed class ExecutedService
{
    private readonly ExecutionEngine engine;
    private readonly IServiceOwner owner;
    private readonly ServiceRoute route;
    private readonly string folder;
    private readonly CancellationTokenSource deleted;
    private readonly Task polling;
    private readonly Task measuring;

    // The replaced instances and releases. Only operations access the list, one at a time.
    private readonly List<Task> draining = [];
    private Task work = Task.CompletedTask;

    // The current version: release is null before the first deployment, instances is null while the service is paused.
    private Release? release;
    private string? lastCommit;
    private volatile InstanceGroup? instances;
    private volatile InstanceLimits? size;

    /// <summary>Creates a service that was not deployed yet.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="id">The id of the service.</param>
    /// <param name="owner">The owner of the service.</param>
    /// <param name="route">The route to its instances.</param>
    /// <param name="folder">The folder for its files, which is created when it is needed.</param>
    public ExecutedService(ExecutionEngine engine, string id, IServiceOwner owner, ServiceRoute route, string folder)
    {
        this.engine = engine;
        this.owner = owner;
        this.route = route;
        this.folder = folder;
        Id = id;
        route.Close("The service has not been deployed yet.");
        deleted = CancellationTokenSource.CreateLinkedTokenSource(engine.Stopping);
        route.RequestEnded += owner.Meter.Request;
        route.InFlightChanged += OnInFlightChanged;
        measuring = Task.Run(() => MeasureAsync(deleted.Token));
        polling = Task.Run(() => new BranchPoller(engine.Git, engine.Settings, owner.Log, engine.Clock).RunAsync(owner.PolledSource, OnCommit, deleted.Token));
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>The host of its URL.</summary>
    public string Host => route.Host;

    /// <summary>The port of the service on 127.0.0.1, for clients that cannot resolve its host name.</summary>
    public int Port => route.Port;

    /// <summary>Starts an operation after the previous one has ended. Does not block.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="operationType">One of <see cref="OperationType"/>.</param>
    /// <param name="workload">What to run.</param>
    public void Begin(string operationId, string operationType, Workload workload)
    {
        var before = work;
        work = Task.Run(async () =>
        {
            await before.ConfigureAwait(false);
            await RunAsync(operationId, operationType, workload).ConfigureAwait(false);
        });
    }

    /// <summary>Stops everything, because the endpoint stops. Never throws.</summary>
    public async Task StopAsync()
    {
        await polling.ConfigureAwait(false);
        await Task.WhenAny(measuring).ConfigureAwait(false);
        await work.ConfigureAwait(false);
        await DrainAndStopAsync(instances, null, TimeSpan.Zero).ConfigureAwait(false);
        await Task.WhenAll(draining).ConfigureAwait(false);
        await route.DisposeAsync().ConfigureAwait(false);
        deleted.Dispose();
    }

    private void OnInFlightChanged(int requests)
    {
        if (requests > 0 && instances is { } group)
            owner.Meter.Load(requests, group.Healthy.Length);
    }

    // Measures what the instances use. What they use is compared with the CPU and memory of the workload, which does not limit a process.
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var before = new Dictionary<string, (long At, TimeSpan Cpu)>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = new Dictionary<string, (long At, TimeSpan Cpu)>();
            if (instances is { } group && size is { } limits)
            {
                foreach (var instance in group.Healthy)
                {
                    if (instance.Usage is not { } usage)
                        continue;
                    now[instance.Id] = (Stopwatch.GetTimestamp(), usage.Cpu);
                    if (before.TryGetValue(instance.Id, out var last) && usage.Cpu >= last.Cpu)
                        owner.Meter.Usage(limits.CpuPercent(usage.Cpu - last.Cpu, Stopwatch.GetElapsedTime(last.At, now[instance.Id].At)), limits.MemoryPercent(usage.Memory));
                }
            }

            before = now;
            await Task.WhenAny(Task.Delay(engine.Settings.UsageInterval, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(string operationId, string operationType, Workload workload)
    {
        var log = new DeploymentLog(owner.Log, operationId);
        string outcome;
        try
        {
            await RunAsync(operationId, operationType, workload, log).ConfigureAwait(false);
            outcome = OperationStatus.Succeeded;
        }
        catch (Exception) when (engine.Stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            log.Error(e);
            if (TriggerOf(operationType) is not null)
                log.Info($"Deployment with ID : {operationId} failed.");
            outcome = Rollback.Of(operationType, release).Outcome;
        }

        owner.OnEnded(outcome);
    }

    private void OnCommit(string commit) => owner.OnCommit(commit, () =>
    {
        // Do not deploy the same commit automatically again if its deployment failed.
        if (commit == lastCommit || commit == (release as CodeRelease)?.Commit)
            return false;
        lastCommit = commit;
        return true;
    });

    // The names of App Runner's log; null for an operation that deploys nothing.
    private static string? TriggerOf(string operationType) => operationType switch
    {
        OperationType.CreateService => "SERVICE_CREATE",
        OperationType.UpdateService => "SERVICE_UPDATE",
        OperationType.StartDeployment => "SERVICE_DEPLOY",
        _ => null,
    };

    private Task RunAsync(string operationId, string operationType, Workload workload, DeploymentLog log) => operationType switch
    {
        OperationType.PauseService => PauseAsync(),
        OperationType.ResumeService when release is not null => ResumeAsync(release, workload, log),
        OperationType.DeleteService => DeleteAsync(),
        _ => DeployAsync(operationId, operationType, workload, log),
    };

    private async Task DeployAsync(string operationId, string operationType, Workload workload, DeploymentLog log)
    {
        var isPaused = release is not null && instances is null;
        log.Info($"Deployment with ID : {operationId} started. Triggering event : {TriggerOf(operationType)}");
        Release? next = null;
        InstanceGroup? started = null;
        try
        {
            next = await BuildAsync(workload, log).ConfigureAwait(false);
            if (!isPaused)
            {
                started = NewGroup(next, workload);
                await StartAsync(started, log).ConfigureAwait(false);
            }
        }
        catch
        {
            await Rollback.Of(operationType, release).RunAsync(owner, () => DrainAndStopAsync(started, next, TimeSpan.Zero)).ConfigureAwait(false);
            throw;
        }

        Replace(next, started, workload);
        if (!isPaused)
            log.Info("Successfully routed incoming traffic to application.");
        log.Info(isPaused
            ? "The new version starts when the service is resumed."
            : $"The service URL is http://{route.Host}. Clients that cannot resolve that name can use http://127.0.0.1:{route.Port.ToString(CultureInfo.InvariantCulture)}.");
    }

    private async Task<Release> BuildAsync(Workload workload, DeploymentLog log)
    {
        if (!await engine.BuildSlots.WaitAsync(TimeSpan.Zero, engine.Stopping).ConfigureAwait(false))
        {
            log.Info("Waiting for other builds to finish.");
            await engine.BuildSlots.WaitAsync(engine.Stopping).ConfigureAwait(false);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(engine.Stopping);
        try
        {
            var building = engine.Builder.BuildAsync(workload, folder, commit => lastCommit = commit, log, limit.Token);
            if (await Task.WhenAny(building, engine.Clock.Delay(engine.Settings.BuildTimeout, limit.Token)).ConfigureAwait(false) != building)
            {
                // The build may have finished at the same time.
                await limit.CancelAsync().ConfigureAwait(false);
                await Task.WhenAny(building).ConfigureAwait(false);
                engine.Stopping.ThrowIfCancellationRequested();
                if (!building.IsCompletedSuccessfully)
                    throw new DeploymentException(string.Create(CultureInfo.InvariantCulture, $"The build timed out: the source was not fetched and built within {engine.Settings.BuildTimeout.TotalSeconds:0} s."));
            }

            return await building.ConfigureAwait(false);
        }
        finally
        {
            await limit.CancelAsync().ConfigureAwait(false);
            engine.BuildSlots.Release();
        }
    }

    private InstanceGroup NewGroup(Release next, Workload workload) =>
        new(next, route, new InstanceGroupSettings(new HealthProbe(workload.HealthCheck, next.Port), workload.Scaling, engine.Settings, owner.Log, engine.Clock, engine.Stopping));

    private async Task StartAsync(InstanceGroup started, DeploymentLog log)
    {
        log.Info("Provisioning instances and deploying image.");
        log.Info($"Performing health check on {started.Settings.Probe.Target}.");
        await started.StartAsync(engine.Stopping).ConfigureAwait(false);
        log.Info("Health check is successful. Routing traffic to application.");
    }

    private void Replace(Release next, InstanceGroup? started, Workload workload)
    {
        instances?.StopServing();
        started?.Serve();
        draining.RemoveAll(task => task.IsCompleted);
        draining.Add(DrainAndStopAsync(instances, release, engine.Settings.DrainTimeout));
        (release, instances, size) = (next, started, workload.Size);
    }

    private static async Task DrainAndStopAsync(InstanceGroup? group, Release? old, TimeSpan drainTimeout)
    {
        if (group is not null)
        {
            await group.StopAsync(drainTimeout).ConfigureAwait(false);
            group.Dispose();
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PauseAsync()
    {
        instances?.StopServing();
        route.Close("The service is paused.");
        await DrainAndStopAsync(instances, null, engine.Settings.PauseTimeout).ConfigureAwait(false);
        instances = null;
    }

    private async Task ResumeAsync(Release paused, Workload workload, DeploymentLog log)
    {
        var started = NewGroup(paused, workload);
        try
        {
            await StartAsync(started, log).ConfigureAwait(false);
        }
        catch
        {
            await DrainAndStopAsync(started, null, TimeSpan.Zero).ConfigureAwait(false);
            throw;
        }

        started.Serve();
        instances = started;
    }

    private async Task DeleteAsync()
    {
        instances?.StopServing();
        await route.DisposeAsync().ConfigureAwait(false);
        await DrainAndStopAsync(instances, release, TimeSpan.Zero).ConfigureAwait(false);
        (instances, release) = (null, null);
        await Task.WhenAll(draining).ConfigureAwait(false);
        if (FolderRemoval.TryDelete(folder) is { } reason)
            throw new DeploymentException($"The service's files could not be deleted: {reason}");
        await deleted.CancelAsync().ConfigureAwait(false);
        await polling.ConfigureAwait(false);
        deleted.Dispose();
        engine.Forget(this);
    }
}
