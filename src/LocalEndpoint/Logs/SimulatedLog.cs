using System;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>What is said about operations that are not carried out.</summary>
internal static class SimulatedLog
{
    /// <summary>An operation begins.</summary>
    public static void Begin(StoredService service, StoredOperation operation) =>
        Say(service, operation, operation.StartedAt, "began. Nothing is fetched, built or run.");

    /// <summary>An operation has ended.</summary>
    public static void End(StoredService service, StoredOperation operation) => Say(
        service,
        operation,
        operation.EndsAt!.Value,
        operation.Outcome == OperationStatus.Succeeded ? "ended: SUCCEEDED." : $"ended: {operation.Outcome}, because that outcome was asked for.");

    private static void Say(StoredService service, StoredOperation operation, DateTime at, string what)
    {
        // Thousands of services say the same, so it is kept once.
        var text = string.Intern($"[AppRunner] Simulated: {operation.Type} {what}");
        service.Log.Event(text, at);
        if (operation.Type is OperationType.CreateService or OperationType.UpdateService or OperationType.StartDeployment)
            service.Log.Deployment(operation.Id, text, at);
    }
}
