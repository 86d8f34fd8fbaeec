using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Deployments;
using AppRunner.LocalEndpoint.Execution.Folders;
using AppRunner.LocalEndpoint.Execution.Health;
using AppRunner.LocalEndpoint.Execution.Instances;
using AppRunner.LocalEndpoint.FrontDoor;
using AppRunner.LocalEndpoint.Logs;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A service as it is carried out: its operations one after the other, and what runs between them.</summary>
internal sealed class ExecutedService
{
    private readonly ExecutionEngine engine;
    private readonly Region region;
    private readonly StoredService service;
    private readonly ServiceRoute route;
    private readonly string folder;
    private readonly CancellationTokenSource gone;
    private readonly Task watching;

    // Instances and releases whose place was taken; only operations touch the list, one at a time.
    private readonly List<Task> retiring = [];
    private Task work = Task.CompletedTask;

    // What the service goes on with: no release before the first deployment, no fleet while it is suspended.
    private Release? release;
    private string? lastCommit;
    private Fleet? fleet;

    /// <summary>Takes a service on which nothing was done yet.</summary>
    /// <param name="engine">Who carries it out.</param>
    /// <param name="region">Where it lives.</param>
    /// <param name="service">The service.</param>
    /// <param name="route">Its address.</param>
    /// <param name="log">Its log.</param>
    /// <param name="folder">Its folder, which is its own and is made when something comes into it.</param>
    public ExecutedService(ExecutionEngine engine, Region region, StoredService service, ServiceRoute route, ServiceLog log, string folder)
    {
        this.engine = engine;
        this.region = region;
        this.service = service;
        this.route = route;
        this.folder = folder;
        Log = log;
        route.Close("The service has not been deployed yet.");
        gone = CancellationTokenSource.CreateLinkedTokenSource(engine.Stopping);
        watching = Task.Run(() => new BranchWatch(engine.Git, engine.Times, log, engine.Clock).RunAsync(Watched, DeployAutomatically, gone.Token));
    }

    /// <summary>Its log.</summary>
    public ServiceLog Log { get; }

    /// <summary>The port of 127.0.0.1 that is the service's own, for clients that cannot look its name up.</summary>
    public int Port => route.Port;

    /// <summary>Begins the work of an operation, after that of the one before. Waits for nothing.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="configuration">What the service shall run.</param>
    public void Begin(StoredOperation operation, ServiceConfiguration configuration)
    {
        var before = work;
        work = Task.Run(async () =>
        {
            await before.ConfigureAwait(false);
            await RunAsync(operation, configuration).ConfigureAwait(false);
        });
    }

    /// <summary>Stops all that runs, because the endpoint does. Never fails.</summary>
    public async Task StopAsync()
    {
        await watching.ConfigureAwait(false);
        await work.ConfigureAwait(false);
        await RetireAsync(fleet, null, TimeSpan.Zero).ConfigureAwait(false);
        await Task.WhenAll(retiring).ConfigureAwait(false);
        await route.DisposeAsync().ConfigureAwait(false);
        gone.Dispose();
    }

    private async Task RunAsync(StoredOperation operation, ServiceConfiguration configuration)
    {
        var log = new DeploymentLog(Log, operation.Id);
        string outcome;
        try
        {
            await RunAsync(operation, configuration, log).ConfigureAwait(false);
            outcome = OperationStatus.Succeeded;
        }
        catch (Exception) when (engine.Stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            Tell(e, log);
            outcome = CanRollBack(operation) ? OperationStatus.RollbackSucceeded : OperationStatus.Failed;
            log.Say(CanRollBack(operation) ? "The operation failed and was rolled back: the version before goes on." : "The operation failed.");
        }

        lock (region.Gate)
            region.Store<ServiceStore>().End(service, outcome, engine.Clock.UtcNow);
    }

    private CodeRepository? Watched()
    {
        lock (region.Gate)
            return service.Status == ServiceStatus.Running && service.Configuration.Source is { AutoDeploymentsEnabled: true, CodeRepository: { } repository } ? repository : null;
    }

    private void DeployAutomatically(string commit)
    {
        lock (region.Gate)
        {
            // A commit that could not be deployed is not tried again by itself.
            if (service.Status != ServiceStatus.Running || commit == lastCommit || commit == (release as CodeRelease)?.Commit)
                return;
            lastCommit = commit;
            Log.Event($"[AppRunner] The branch has a new commit, {commit}. It is deployed automatically.");
            region.Store<ServiceStore>().Begin(service, OperationType.StartDeployment, engine.Clock.UtcNow);
        }
    }

    private Task RunAsync(StoredOperation operation, ServiceConfiguration configuration, DeploymentLog log) => operation.Type switch
    {
        OperationType.PauseService => PauseAsync(log),
        OperationType.ResumeService when release is not null => ResumeAsync(release, configuration, log),
        OperationType.DeleteService => DeleteAsync(log),
        _ => DeployAsync(operation, configuration, log),
    };

    private bool CanRollBack(StoredOperation operation) => release is not null && operation.Type is OperationType.UpdateService or OperationType.StartDeployment;

    private static void Tell(Exception e, DeploymentLog log)
    {
        if (e is not DeploymentFailure failure)
        {
            log.Say($"An unexpected error: {e.Message}");
            return;
        }

        foreach (var line in failure.ApplicationLines)
            log.Detail("Application: " + line);
        log.Say(failure.Message);
    }

    private async Task DeployAsync(StoredOperation operation, ServiceConfiguration configuration, DeploymentLog log)
    {
        var suspended = release is not null && fleet is null;
        log.Say($"Deployment with ID {operation.Id} started.");
        Release? next = null;
        Fleet? instances = null;
        try
        {
            next = await BuildAsync(configuration, log).ConfigureAwait(false);
            if (!suspended)
            {
                instances = NewFleet(next, configuration);
                await StartAsync(instances, log).ConfigureAwait(false);
            }
        }
        catch
        {
            if (CanRollBack(operation))
            {
                lock (region.Gate)
                    service.RollBack(engine.Clock.UtcNow);
            }

            await RetireAsync(instances, next, TimeSpan.Zero).ConfigureAwait(false);
            throw;
        }

        Replace(next, instances);
        log.Say(suspended
            ? "The new version is ready and starts when the service is resumed."
            : $"Deployment completed successfully. The service answers at http://{route.Host}, and at http://127.0.0.1:{route.Port.ToString(CultureInfo.InvariantCulture)} for clients that cannot look that name up.");
    }

    private async Task<Release> BuildAsync(ServiceConfiguration configuration, DeploymentLog log)
    {
        if (!await engine.BuildSlots.WaitAsync(TimeSpan.Zero, engine.Stopping).ConfigureAwait(false))
        {
            log.Say("Waiting until other services are built.");
            await engine.BuildSlots.WaitAsync(engine.Stopping).ConfigureAwait(false);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(engine.Stopping);
        try
        {
            var building = engine.Builder.BuildAsync(configuration, folder, commit => lastCommit = commit, log, limit.Token);
            if (await Task.WhenAny(building, engine.Clock.Delay(engine.Times.BuildTimeout, limit.Token)).ConfigureAwait(false) != building)
            {
                // It may have ended well in this very moment.
                await limit.CancelAsync().ConfigureAwait(false);
                await Task.WhenAny(building).ConfigureAwait(false);
                engine.Stopping.ThrowIfCancellationRequested();
                if (!building.IsCompletedSuccessfully)
                    throw new DeploymentFailure(string.Create(CultureInfo.InvariantCulture, $"The source was not fetched and built within {engine.Times.BuildTimeout.TotalSeconds:0} s, and its build was stopped."));
            }

            return await building.ConfigureAwait(false);
        }
        finally
        {
            await limit.CancelAsync().ConfigureAwait(false);
            engine.BuildSlots.Release();
        }
    }

    private Fleet NewFleet(Release next, ServiceConfiguration configuration)
    {
        var scaling = configuration.AutoScaling;
        return new Fleet(next, route, new FleetSettings(new HealthProbe(configuration.HealthCheck), scaling.MinSize, scaling.MaxSize, scaling.MaxConcurrency, engine.Times, Log, engine.Clock, engine.Stopping));
    }

    private async Task StartAsync(Fleet instances, DeploymentLog log)
    {
        var settings = instances.Settings;
        log.Say($"Starting {(settings.MinSize == 1 ? "1 instance" : settings.MinSize + " instances")}. Performing health check on {settings.Probe.Description}.");
        await instances.StartAsync(engine.Stopping).ConfigureAwait(false);
        log.Say("Health check is successful. Routing traffic to application.");
    }

    private void Replace(Release next, Fleet? instances)
    {
        fleet?.StepBack();
        instances?.Serve();
        retiring.RemoveAll(task => task.IsCompleted);
        retiring.Add(RetireAsync(fleet, release, engine.Times.DrainPatience));
        (release, fleet) = (next, instances);
    }

    private static async Task RetireAsync(Fleet? instances, Release? old, TimeSpan drainPatience)
    {
        if (instances is not null)
        {
            await instances.StopAsync(drainPatience).ConfigureAwait(false);
            instances.Dispose();
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PauseAsync(DeploymentLog log)
    {
        fleet?.StepBack();
        route.Close("The service is paused.");
        await RetireAsync(fleet, null, engine.Times.PausePatience).ConfigureAwait(false);
        fleet = null;
        log.Say("Successfully paused your service.");
    }

    private async Task ResumeAsync(Release paused, ServiceConfiguration configuration, DeploymentLog log)
    {
        var instances = NewFleet(paused, configuration);
        try
        {
            await StartAsync(instances, log).ConfigureAwait(false);
        }
        catch
        {
            await RetireAsync(instances, null, TimeSpan.Zero).ConfigureAwait(false);
            throw;
        }

        instances.Serve();
        fleet = instances;
        log.Say("Successfully resumed your service.");
    }

    private async Task DeleteAsync(DeploymentLog log)
    {
        fleet?.StepBack();
        await route.DisposeAsync().ConfigureAwait(false);
        await RetireAsync(fleet, release, TimeSpan.Zero).ConfigureAwait(false);
        (fleet, release) = (null, null);
        await Task.WhenAll(retiring).ConfigureAwait(false);
        if (FolderRemoval.TryDelete(folder) is { } reason)
            throw new DeploymentFailure($"The service's files could not be deleted: {reason}");
        await gone.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        gone.Dispose();
        engine.Forget(service);
        log.Say("Successfully deleted your service.");
    }
}
