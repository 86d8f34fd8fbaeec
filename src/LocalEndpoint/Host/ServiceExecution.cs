using System;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Simulation;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Host;

/// <summary>
/// Runs the services of a region with the execution engine: it describes each stored service to the engine as a workload, and stores what
/// the engine reports. An operation with a forced outcome is only simulated.
/// </summary>
/// <param name="region">The region.</param>
/// <param name="engine">The engine.</param>
internal sealed class ServiceExecution(Region region, ExecutionEngine engine) : IServiceRunner
{
    private readonly ServiceSimulation simulation = new(region);

    /// <inheritdoc/>
    public string? Open(StoredService service) => engine.Open(service.Id, region.Name, new Owner(region, service)).Host;

    /// <inheritdoc/>
    public TimeSpan? DurationOf(string outcome) => outcome == OperationStatus.Succeeded ? null : simulation.DurationOf(outcome);

    /// <inheritdoc/>
    public void Begin(StoredService service, StoredOperation operation)
    {
        if (operation.EndsAt is not null)
        {
            simulation.Begin(service, operation);
            return;
        }

        engine.Find(service.Id)!.Begin(operation.Id, operation.Type, WorkloadDescription.Of(service.Configuration));
    }

    /// <inheritdoc/>
    public void AdvanceClock(DateTime now) => simulation.AdvanceClock(now);

    // Called by tasks of the engine, which do not hold the region's lock.
    private sealed class Owner(Region region, StoredService service) : IServiceOwner, IServiceLog, IServiceMeter
    {
        public IServiceLog Log => this;

        public IServiceMeter Meter => this;

        public CodeSource? PolledSource()
        {
            lock (region.Lock)
                return service.Status == ServiceStatus.Running && service.Configuration.Source is { AutoDeploymentsEnabled: true, CodeRepository: { } repository } ? WorkloadDescription.Of(repository) : null;
        }

        public void OnCommit(string commit, Func<bool> isNew)
        {
            lock (region.Lock)
            {
                if (service.Status != ServiceStatus.Running || !isNew())
                    return;
                Event($"[AppRunner] The branch has the new commit {commit}. Starting an automatic deployment.");
                region.Store<ServiceStore>().Begin(service, OperationType.StartDeployment, region.Endpoint.Clock.UtcNow);
            }
        }

        public void OnRollback()
        {
            lock (region.Lock)
                service.RollBack(region.Endpoint.Clock.UtcNow);
        }

        public void OnEnded(string outcome)
        {
            lock (region.Lock)
                region.Store<ServiceStore>().End(service, outcome, region.Endpoint.Clock.UtcNow);
        }

        public void Request(int status, TimeSpan duration)
        {
            // A class of statuses without responses has the value 0, so that its rate is known while there are requests.
            service.Metrics.Add(ServiceMetricName.Requests, 1);
            service.Metrics.Add(ServiceMetricName.SuccessResponses, status / 100 == 2 ? 1 : 0);
            service.Metrics.Add(ServiceMetricName.ClientErrorResponses, status / 100 == 4 ? 1 : 0);
            service.Metrics.Add(ServiceMetricName.ServerErrorResponses, status / 100 == 5 ? 1 : 0);
            service.Metrics.Add(ServiceMetricName.RequestLatency, duration.TotalMilliseconds);
        }

        public void Load(int requests, int instances)
        {
            service.Metrics.Add(ServiceMetricName.Concurrency, requests);
            service.Metrics.Add(ServiceMetricName.ActiveInstances, Math.Min(requests, instances));
        }

        public void Usage(double cpu, double memory)
        {
            service.Metrics.Add(ServiceMetricName.CpuUtilization, cpu);
            service.Metrics.Add(ServiceMetricName.MemoryUtilization, memory);
        }

        public void Event(string text) => service.Log.Event(text);

        public void Deployment(string operationId, string text) => service.Log.Deployment(operationId, text);

        public void Instance(string instanceId, string text) => service.Log.Instance(instanceId, text);
    }
}
