using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Work on a service cannot go on. The message is for the service's log: what happened, and what can be done about it.</summary>
/// <param name="message">The message.</param>
/// <param name="applicationLines">What the program wrote last, where it is the program that failed.</param>
internal sealed class DeploymentFailure(string message, IReadOnlyList<string>? applicationLines = null) : Exception(message)
{
    /// <summary>What the program wrote last, where it is the program that failed.</summary>
    public IReadOnlyList<string> ApplicationLines { get; } = applicationLines ?? [];
}
