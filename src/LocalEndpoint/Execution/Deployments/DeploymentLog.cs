using AppRunner.LocalEndpoint.Logs;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>What is said about one operation: its own stream for all of it, the service's events for what matters.</summary>
/// <param name="log">The service's log.</param>
/// <param name="operationId">The operation.</param>
internal sealed class DeploymentLog(ServiceLog log, string operationId)
{
    /// <summary>Says something in both.</summary>
    public void Say(string text)
    {
        log.Event("[AppRunner] " + text);
        Detail(text);
    }

    /// <summary>Says something in the operation's stream.</summary>
    public void Detail(string text) => log.Deployment(operationId, "[AppRunner] " + text);

    /// <summary>A line that the build wrote.</summary>
    public void Build(string line) => log.Deployment(operationId, "[Build] " + line);
}
