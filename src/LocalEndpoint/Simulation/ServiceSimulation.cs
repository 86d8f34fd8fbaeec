using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Simulation;

/// <summary>Simulates operations: they only take time, and nothing is fetched, built or run. They succeed unless another outcome is forced.</summary>
/// <param name="region">The region, whose lock guards this object.</param>
internal sealed class ServiceSimulation(Region region) : IServiceRunner
{
    private readonly PriorityQueue<(StoredService Service, StoredOperation Operation), DateTime> running = new();

    /// <inheritdoc/>
    public string? Open(StoredService service)
    {
        service.Log.Event(OperationEvents.Simulated, service.CreatedAt);
        return null;
    }

    /// <inheritdoc/>
    public TimeSpan? DurationOf(string outcome) => region.Endpoint.OperationDuration;

    /// <inheritdoc/>
    public void Begin(StoredService service, StoredOperation operation) => running.Enqueue((service, operation), operation.EndsAt!.Value);

    /// <inheritdoc/>
    public void AdvanceClock(DateTime now)
    {
        while (running.TryPeek(out var ended, out var at) && at <= now)
        {
            running.Dequeue();
            var (service, operation) = ended;
            if (operation.Outcome != OperationStatus.Succeeded)
            {
                var text = string.Intern($"[AppRunner] The outcome {operation.Outcome} was set by SetNextOutcome.");
                service.Log.Event(text, at);
                service.Log.Deployment(operation.Id, text, at);
            }

            region.Store<ServiceStore>().End(service, operation.Outcome, at);
        }
    }
}
