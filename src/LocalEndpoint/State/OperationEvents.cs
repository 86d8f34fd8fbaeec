using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>
/// Writes the start and the end of operations to the log of their service, in App Runner's words: known from its documentation of events and
/// from logs of its users. They are the same for executed and simulated services.
/// </summary>
internal static class OperationEvents
{
    /// <summary>The first event of a service whose operations are simulated.</summary>
    public const string Simulated = "[AppRunner] This service is simulated by the local App Runner: nothing is fetched, built or run.";

    /// <summary>Writes that an operation has started.</summary>
    /// <param name="service">The service.</param>
    /// <param name="operation">The operation, which is running.</param>
    public static void Started(StoredService service, StoredOperation operation)
    {
        Event(service, operation, $"{NameOf(operation.Type)} started.", isStart: true);
        Event(service, operation, $"Service status is set to {service.Status}.", isStart: true);
        Deployment(service, operation, $"Starting to deploy your application {SourceOf(service)}.", isStart: true);
    }

    /// <summary>Writes how an operation has ended.</summary>
    /// <param name="service">The service, with the status that it has now.</param>
    /// <param name="operation">The operation, which has ended.</param>
    public static void Ended(StoredService service, StoredOperation operation)
    {
        var succeeded = operation.Outcome == OperationStatus.Succeeded;
        var rollback = operation.Outcome switch
        {
            OperationStatus.RollbackSucceeded => " It was rolled back, so the previous version keeps running.",
            OperationStatus.RollbackFailed => " The rollback failed too.",
            _ => string.Empty,
        };
        Deployment(service, operation, $"{(succeeded ? "Successfully deployed" : "Failed to deploy")} your application {SourceOf(service)}.{rollback}");
        var end = succeeded
            ? "completed successfully." + (operation.Type == OperationType.UpdateService ? " New application and configuration is deployed." : string.Empty)
            : "failed. For details, see service logs." + rollback;
        Event(service, operation, $"{NameOf(operation.Type)} {end}");
        Event(service, operation, $"Service status is set to {service.Status}.");
    }

    private static void Event(StoredService service, StoredOperation operation, string text, bool isStart = false) =>
        service.Log.Event(Line(text), isStart ? operation.StartedAt : operation.EndsAt);

    private static void Deployment(StoredService service, StoredOperation operation, string text, bool isStart = false)
    {
        if (operation.Type is OperationType.CreateService or OperationType.UpdateService or OperationType.StartDeployment)
            service.Log.Deployment(operation.Id, Line(text), isStart ? operation.StartedAt : operation.EndsAt);
    }

    // Thousands of services have the same lines: interned, each is in memory once.
    private static string Line(string text) => string.Intern("[AppRunner] " + text);

    private static string SourceOf(StoredService service) => service.Configuration.Source.CodeRepository is null ? "image" : "source code";

    private static string NameOf(string operationType) => operationType switch
    {
        OperationType.CreateService => "Service creation",
        OperationType.UpdateService => "Service update",
        OperationType.StartDeployment => "Deployment",
        OperationType.PauseService => "Service pause",
        OperationType.ResumeService => "Service resume",
        _ => "Service deletion",
    };
}
