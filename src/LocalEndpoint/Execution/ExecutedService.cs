using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A service that is really run: its operations one after the other, and what runs between them.</summary>
/// <remarks>
/// A deployment (of CreateService, UpdateService, StartDeployment):
/// <code>
/// 1. wait for a build slot
/// 2. build within BuildTimeout:   source or image -> Release
/// 3. start MinSize instances of it, all of which must become healthy     (not while the service is suspended)
///    - 1 to 3 failed: stop them, delete the release, keep what runs -> roll-back (RollBack), or failure where nothing ran
/// 4. switch the route to the new group in one step; the old group gets no new request
/// 5. in the background: drain the old group, stop it, delete its release
/// 6. report to the owner how the operation ended
/// </code>
/// Pausing keeps the release and drops the instances, so resuming does step 3 alone.
/// </remarks>
internal sealed class ExecutedService
{
    private readonly ExecutionEngine engine;
    private readonly IServiceOwner owner;
    private readonly ServiceRoute route;
    private readonly string folder;
    private readonly CancellationTokenSource gone;
    private readonly Task watching;

    // Instances and releases that were replaced; only operations touch the list, one at a time.
    private readonly List<Task> draining = [];
    private Task work = Task.CompletedTask;

    // The version that runs: no release before the first deployment, no instances while it is suspended.
    private Release? release;
    private string? lastCommit;
    private InstanceGroup? instances;

    /// <summary>Takes a service on which nothing was done yet.</summary>
    /// <param name="engine">The engine that runs it.</param>
    /// <param name="id">Its id.</param>
    /// <param name="owner">Its owner.</param>
    /// <param name="route">Its address.</param>
    /// <param name="folder">Its folder, which is its own and is made when something comes into it.</param>
    public ExecutedService(ExecutionEngine engine, string id, IServiceOwner owner, ServiceRoute route, string folder)
    {
        this.engine = engine;
        this.owner = owner;
        this.route = route;
        this.folder = folder;
        Id = id;
        route.Close("The service has not been deployed yet.");
        gone = CancellationTokenSource.CreateLinkedTokenSource(engine.Stopping);
        watching = Task.Run(() => new BranchWatch(engine.Git, engine.Settings, owner.Log, engine.Clock).RunAsync(owner.WatchedSource, OnCommit, gone.Token));
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>The host of its URL.</summary>
    public string Host => route.Host;

    /// <summary>The port of 127.0.0.1 that is the service's own, for clients that cannot resolve its host name.</summary>
    public int Port => route.Port;

    /// <summary>Begins the work of an operation, after that of the one before. Waits for nothing.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="operationType">One of <see cref="OperationType"/>.</param>
    /// <param name="workload">What the service shall run.</param>
    public void Begin(string operationId, string operationType, Workload workload)
    {
        var before = work;
        work = Task.Run(async () =>
        {
            await before.ConfigureAwait(false);
            await RunAsync(operationId, operationType, workload).ConfigureAwait(false);
        });
    }

    /// <summary>Stops all that runs, because the endpoint does. Never fails.</summary>
    public async Task StopAsync()
    {
        await watching.ConfigureAwait(false);
        await work.ConfigureAwait(false);
        await DrainAndStopAsync(instances, null, TimeSpan.Zero).ConfigureAwait(false);
        await Task.WhenAll(draining).ConfigureAwait(false);
        await route.DisposeAsync().ConfigureAwait(false);
        gone.Dispose();
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
            var rollBack = RollBack.Of(operationType, release);
            outcome = rollBack.Outcome;
            log.Info(rollBack.Message);
        }

        owner.OnEnded(outcome);
    }

    private void OnCommit(string commit) => owner.OnCommit(commit, () =>
    {
        // A commit that could not be deployed is not tried again by itself.
        if (commit == lastCommit || commit == (release as CodeRelease)?.Commit)
            return false;
        lastCommit = commit;
        return true;
    });

    private Task RunAsync(string operationId, string operationType, Workload workload, DeploymentLog log) => operationType switch
    {
        OperationType.PauseService => PauseAsync(log),
        OperationType.ResumeService when release is not null => ResumeAsync(release, workload, log),
        OperationType.DeleteService => DeleteAsync(log),
        _ => DeployAsync(operationId, operationType, workload, log),
    };

    private async Task DeployAsync(string operationId, string operationType, Workload workload, DeploymentLog log)
    {
        var suspended = release is not null && instances is null;
        log.Info($"Deployment with ID {operationId} started.");
        Release? next = null;
        InstanceGroup? started = null;
        try
        {
            next = await BuildAsync(workload, log).ConfigureAwait(false);
            if (!suspended)
            {
                started = NewGroup(next, workload);
                await StartAsync(started, log).ConfigureAwait(false);
            }
        }
        catch
        {
            if (RollBack.Of(operationType, release).IsPossible)
                owner.OnRollBack();
            await DrainAndStopAsync(started, next, TimeSpan.Zero).ConfigureAwait(false);
            throw;
        }

        Replace(next, started);
        log.Info(suspended
            ? "The new version is ready and starts when the service is resumed."
            : $"Deployment completed successfully. The service answers at http://{route.Host}, and at http://127.0.0.1:{route.Port.ToString(CultureInfo.InvariantCulture)} for clients that cannot look that name up.");
    }

    private async Task<Release> BuildAsync(Workload workload, DeploymentLog log)
    {
        if (!await engine.BuildSlots.WaitAsync(TimeSpan.Zero, engine.Stopping).ConfigureAwait(false))
        {
            log.Info("Waiting until other services are built.");
            await engine.BuildSlots.WaitAsync(engine.Stopping).ConfigureAwait(false);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(engine.Stopping);
        try
        {
            var building = engine.Builder.BuildAsync(workload, folder, commit => lastCommit = commit, log, limit.Token);
            if (await Task.WhenAny(building, engine.Clock.Delay(engine.Settings.BuildTimeout, limit.Token)).ConfigureAwait(false) != building)
            {
                // It may have ended well in this very moment.
                await limit.CancelAsync().ConfigureAwait(false);
                await Task.WhenAny(building).ConfigureAwait(false);
                engine.Stopping.ThrowIfCancellationRequested();
                if (!building.IsCompletedSuccessfully)
                    throw new DeploymentException(string.Create(CultureInfo.InvariantCulture, $"The source was not fetched and built within {engine.Settings.BuildTimeout.TotalSeconds:0} s, and its build was stopped."));
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
        new(next, route, new InstanceGroupSettings(new HealthProbe(workload.HealthCheck), workload.Scaling, engine.Settings, owner.Log, engine.Clock, engine.Stopping));

    private async Task StartAsync(InstanceGroup started, DeploymentLog log)
    {
        var minSize = started.Settings.Scaling.MinSize;
        log.Info($"Starting {(minSize == 1 ? "1 instance" : minSize + " instances")}. Performing health check on {started.Settings.Probe.Description}.");
        await started.StartAsync(engine.Stopping).ConfigureAwait(false);
        log.Info("Health check is successful. Routing traffic to application.");
    }

    private void Replace(Release next, InstanceGroup? started)
    {
        instances?.StopServing();
        started?.Serve();
        draining.RemoveAll(task => task.IsCompleted);
        draining.Add(DrainAndStopAsync(instances, release, engine.Settings.DrainTimeout));
        (release, instances) = (next, started);
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

    private async Task PauseAsync(DeploymentLog log)
    {
        instances?.StopServing();
        route.Close("The service is paused.");
        await DrainAndStopAsync(instances, null, engine.Settings.PauseTimeout).ConfigureAwait(false);
        instances = null;
        log.Info("Successfully paused your service.");
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
        log.Info("Successfully resumed your service.");
    }

    private async Task DeleteAsync(DeploymentLog log)
    {
        instances?.StopServing();
        await route.DisposeAsync().ConfigureAwait(false);
        await DrainAndStopAsync(instances, release, TimeSpan.Zero).ConfigureAwait(false);
        (instances, release) = (null, null);
        await Task.WhenAll(draining).ConfigureAwait(false);
        if (FolderRemoval.TryDelete(folder) is { } reason)
            throw new DeploymentException($"The service's files could not be deleted: {reason}");
        await gone.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        gone.Dispose();
        engine.Forget(this);
        log.Info("Successfully deleted your service.");
    }
}
