using System;
using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>An operation ended, but not as asked; or a resource came into a state of failure.</summary>
public sealed class OperationFailedException : AppRunnerException
{
    /// <summary>Makes the exception for an operation of a service.</summary>
    /// <param name="message">Which operation ended how, and what state the service is in.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="service">The service as it is afterwards; null where it could not be read.</param>
    internal OperationFailedException(string message, Operation operation, Service? service)
        : base(operation.Status == OperationStatus.RollbackSucceeded ? ErrorIds.OperationRolledBack : ErrorIds.OperationFailed, message)
    {
        Operation = operation;
        Service = service;
        Resource = service;
    }

    /// <summary>Makes the exception for a resource without operations.</summary>
    /// <param name="message">Which resource is in what state.</param>
    /// <param name="resource">The resource as it is; null where it is gone.</param>
    internal OperationFailedException(string message, object? resource)
        : base(ErrorIds.OperationFailed, message)
    {
        Resource = resource;
        RecommendedAction = "Check the resource in the App Runner console, fix the cause, remove the resource and try again.";
    }

    private OperationFailedException(OperationFailedException failure, IReadOnlyList<string> logLines)
        : base(failure.ErrorId, $"{failure.Message}\n  {string.Join("\n  ", logLines)}", failure.InnerException)
    {
        Operation = failure.Operation;
        Service = failure.Service;
        Resource = failure.Resource;
        RecommendedAction = failure.RecommendedAction;
        LogLines = logLines;
    }

    /// <summary>The last lines of the operation's log, oldest first, which are in the message too; empty where there are none or they could not be read.</summary>
    public IReadOnlyList<string> LogLines { get; } = [];

    /// <summary>The operation as it ended; null where the API has none.</summary>
    public Operation? Operation { get; }

    /// <summary>The service as it is afterwards.</summary>
    public Service? Service { get; }

    /// <summary>The resource as it is afterwards: the service, custom domain or VPC ingress connection.</summary>
    public object? Resource { get; }

    /// <summary>The same, with the last lines of the operation's log below the sentence.</summary>
    /// <param name="logLines">The lines, oldest first.</param>
    /// <returns>The exception; this one where there are no lines.</returns>
    internal OperationFailedException WithLog(IReadOnlyList<string> logLines) => logLines.Count == 0 ? this : new OperationFailedException(this, logLines);
}

/// <summary>The time to wait is over. The operation goes on.</summary>
public sealed class WaitTimeoutException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was waited for, how long, and how to wait again.</param>
    /// <param name="innerException">The last failure to ask, if asking failed.</param>
    internal WaitTimeoutException(string message, Exception? innerException = null)
        : base(ErrorIds.WaitTimeout, message, innerException)
    {
    }
}

/// <summary>A service of that name is there, and it was not made by this request.</summary>
public sealed class ServiceAlreadyExistsException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which service is there.</param>
    /// <param name="innerException">What caused it.</param>
    internal ServiceAlreadyExistsException(string message, Exception? innerException = null)
        : base(ErrorIds.ServiceAlreadyExists, message, innerException)
    {
    }
}
