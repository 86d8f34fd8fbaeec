using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The log of one operation. All lines go to the deployment log of the operation, the important ones also to the service's events.</summary>
/// <param name="log">The log of the service.</param>
/// <param name="operationId">The operation.</param>
internal sealed class DeploymentLog(IServiceLog log, string operationId)
{
    /// <summary>Writes a line to both logs.</summary>
    public void Info(string text)
    {
        log.Event("[AppRunner] " + text);
        Verbose(text);
    }

    /// <summary>Writes why the operation failed.</summary>
    public void Error(Exception e)
    {
        if (e is not DeploymentException failure)
        {
            Info($"Internal error of the local App Runner: {e.GetType().Name}: {e.Message}");
            return;
        }

        foreach (var line in failure.ApplicationLines)
            Verbose("Application: " + line);
        Info(failure.Message);
    }

    /// <summary>Writes a line to the deployment log only.</summary>
    public void Verbose(string text) => log.Deployment(operationId, "[AppRunner] " + text);

    /// <summary>Writes a line of the build's output.</summary>
    public void Build(string line) => log.Deployment(operationId, "[Build] " + line);
}

/// <summary>An operation failed. The message goes to the log of the service, and tells what to do.</summary>
/// <param name="message">The message.</param>
/// <param name="applicationLines">The last output lines of the program, if the program failed.</param>
internal sealed class DeploymentException(string message, IReadOnlyList<string>? applicationLines = null) : Exception(message)
{
    /// <summary>The last output lines of the program, if the program failed.</summary>
    public IReadOnlyList<string> ApplicationLines { get; } = applicationLines ?? [];
}
