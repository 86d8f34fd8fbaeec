namespace AppRunner.Model;

/// <summary>An operation ended, but not as asked.</summary>
public sealed class OperationFailedException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which operation ended how, and what state the service is in.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="service">The service as it is afterwards; null where it could not be read.</param>
    public OperationFailedException(string message, Operation operation, Service? service)
        : base(operation.Status == OperationStatus.RollbackSucceeded ? ErrorIds.OperationRolledBack : ErrorIds.OperationFailed, message)
    {
        Operation = operation;
        Service = service;
    }

    /// <summary>The operation as it ended.</summary>
    public Operation Operation { get; }

    /// <summary>The service as it is afterwards.</summary>
    public Service? Service { get; }
}
