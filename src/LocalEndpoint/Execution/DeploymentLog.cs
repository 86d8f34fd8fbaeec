using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The log of one operation: its own stream has all of it, the service's events what matters.</summary>
/// <param name="log">The service's log.</param>
/// <param name="operationId">The operation.</param>
internal sealed class DeploymentLog(IServiceLog log, string operationId)
{
    /// <summary>A line for both.</summary>
    public void Info(string text)
    {
        log.Event("[AppRunner] " + text);
        Verbose(text);
    }

    /// <summary>Why the operation failed.</summary>
    public void Error(Exception e)
    {
        if (e is not DeploymentException failure)
        {
            Info($"An unexpected error: {e.Message}");
            return;
        }

        foreach (var line in failure.ApplicationLines)
            Verbose("Application: " + line);
        Info(failure.Message);
    }

    /// <summary>A line for the operation's stream only.</summary>
    public void Verbose(string text) => log.Deployment(operationId, "[AppRunner] " + text);

    /// <summary>A line that the build wrote.</summary>
    public void Build(string line) => log.Deployment(operationId, "[Build] " + line);
}

/// <summary>Work on a service cannot go on. The message is for the service's log: what happened, and what can be done about it.</summary>
/// <param name="message">The message.</param>
/// <param name="applicationLines">What the program wrote last, where it is the program that failed.</param>
internal sealed class DeploymentException(string message, IReadOnlyList<string>? applicationLines = null) : Exception(message)
{
    /// <summary>What the program wrote last, where it is the program that failed.</summary>
    public IReadOnlyList<string> ApplicationLines { get; } = applicationLines ?? [];
}
