using System;
using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>An operation failed or was rolled back, or a resource is in a failed state.</summary>
public sealed class OperationFailedException : AppRunnerException
{
    /// <summary>Creates the exception for an operation of a service.</summary>
    /// <param name="message">The operation, its result and the state of the service.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="service">The service after the operation; null if it could not be read.</param>
    internal OperationFailedException(string message, Operation operation, Service? service)
        : base(operation.Status == OperationStatus.RollbackSucceeded ? ErrorIds.OperationRolledBack : ErrorIds.OperationFailed, message)
    {
        Operation = operation;
        Service = service;
        Resource = service;
    }

    /// <summary>Creates the exception for a resource without operations.</summary>
    /// <param name="message">The resource and its state.</param>
    /// <param name="resource">The resource; null if it does not exist.</param>
    internal OperationFailedException(string message, object? resource)
        : base(ErrorIds.OperationFailed, message)
    {
        Resource = resource;
        RecommendedAction = "Check the resource in the App Runner console, fix the cause, remove the resource and try again.";
    }

    private OperationFailedException(OperationFailedException failure, IReadOnlyList<string> logLines)
        : base(failure.ErrorId, $"{failure.Message} The last lines of its log:{NumberedLines(logLines)}", failure.InnerException)
    {
        Operation = failure.Operation;
        Service = failure.Service;
        Resource = failure.Resource;
        RecommendedAction = failure.RecommendedAction;
        LogLines = logLines;
    }

    /// <summary>The last lines of the operation's log, oldest first, which are also in the message; empty if there are none or they could not be read.</summary>
    public IReadOnlyList<string> LogLines { get; } = [];

    /// <summary>The operation as it ended; null if the API has none.</summary>
    public Operation? Operation { get; }

    /// <summary>The service after the operation.</summary>
    public Service? Service { get; }

    /// <summary>The resource after the operation: the service, custom domain or VPC ingress connection.</summary>
    public object? Resource { get; }

    /// <summary>Adds the last lines of the operation's log to the message.</summary>
    /// <param name="logLines">The lines, oldest first.</param>
    /// <returns>The exception; this one if there are no lines.</returns>
    internal OperationFailedException WithLog(IReadOnlyList<string> logLines) => logLines.Count == 0 ? this : new OperationFailedException(this, logLines);
}

/// <summary>The wait timed out. The operation continues.</summary>
public sealed class WaitTimeoutException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What did not finish in time.</param>
    /// <param name="innerException">The last polling error, if there was one.</param>
    internal WaitTimeoutException(string message, Exception? innerException = null)
        : base(ErrorIds.WaitTimeout, message, innerException)
    {
    }

    /// <summary>The ARN of the service; null for a resource without operations.</summary>
    public string? ServiceArn { get; internal init; }

    /// <summary>The id of the operation, which continues: Wait-AROperation takes this exception as input. Null if the id is not known, or for a resource without operations.</summary>
    public string? OperationId { get; internal init; }
}

/// <summary>A service with that name exists, and this request did not create it.</summary>
public sealed class ServiceAlreadyExistsException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The existing service.</param>
    /// <param name="innerException">The cause.</param>
    internal ServiceAlreadyExistsException(string message, Exception? innerException = null)
        : base(ErrorIds.ServiceAlreadyExists, message, innerException)
    {
    }
}

/// <summary>No update can make a service as its definition wants it.</summary>
public sealed class ReplacementRequiredException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what a replacement would remove.</param>
    internal ReplacementRequiredException(string message)
        : base(ErrorIds.ReplacementRequired, message)
    {
    }
}
