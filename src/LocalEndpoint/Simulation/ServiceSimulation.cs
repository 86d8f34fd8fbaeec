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
    public string? Open(StoredService service) => null;

    /// <inheritdoc/>
    public TimeSpan? DurationOf(string outcome) => region.Endpoint.OperationDuration;

    /// <inheritdoc/>
    public void Begin(StoredService service, StoredOperation operation)
    {
        Log(service, operation, operation.StartedAt, "started. Nothing is fetched, built or run.");
        running.Enqueue((service, operation), operation.EndsAt!.Value);
    }

    /// <inheritdoc/>
    public void AdvanceClock(DateTime now)
    {
        while (running.TryPeek(out var ended, out var at) && at <= now)
        {
            running.Dequeue();
            var (service, operation) = ended;
            region.Store<ServiceStore>().End(service, operation.Outcome, at);
            Log(service, operation, at, operation.Outcome == OperationStatus.Succeeded ? "ended: SUCCEEDED." : $"ended: {operation.Outcome}, as set by SetNextOutcome.");
        }
    }

    private static void Log(StoredService service, StoredOperation operation, DateTime at, string what)
    {
        // Thousands of services have the same messages: interned, each is in memory once.
        var text = string.Intern($"[AppRunner] Simulated: {operation.Type} {what}");
        service.Log.Event(text, at);
        if (operation.Type is OperationType.CreateService or OperationType.UpdateService or OperationType.StartDeployment)
            service.Log.Deployment(operation.Id, text, at);
    }
}
