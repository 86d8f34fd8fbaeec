using System;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>An operation of a service. Its status follows from the time; nothing has to tick.</summary>
/// <param name="Sequence">Its place among the service's operations.</param>
/// <param name="Id">A UUID with dashes.</param>
/// <param name="Type">One of <see cref="OperationType"/>.</param>
/// <param name="Outcome">How it ends, one of <see cref="OperationStatus"/>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndsAt">When it ends or has ended.</param>
internal sealed record StoredOperation(long Sequence, string Id, string Type, string Outcome, DateTime StartedAt, DateTime EndsAt)
{
    // Pending for a moment; a rollback takes the last third.
    private DateTime BeginsAt => StartedAt + ((EndsAt - StartedAt) / 20);

    private DateTime RollsBackAt => Outcome is OperationStatus.RollbackSucceeded or OperationStatus.RollbackFailed ? EndsAt - ((EndsAt - StartedAt) / 3) : DateTime.MaxValue;

    /// <summary>The operation as the API shows it.</summary>
    /// <param name="serviceArn">The service's ARN.</param>
    /// <param name="running">Whether it is the service's running operation.</param>
    /// <param name="now">The time.</param>
    public Operation Show(string serviceArn, bool running, DateTime now)
    {
        var (status, updatedAt) = !running ? (Outcome, EndsAt)
            : now >= RollsBackAt ? (OperationStatus.RollbackInProgress, RollsBackAt)
            : now >= BeginsAt ? (OperationStatus.InProgress, BeginsAt)
            : (OperationStatus.Pending, StartedAt);
        return new Operation
        {
            Id = Id,
            Type = Type,
            Status = status,
            TargetArn = serviceArn,
            StartedAt = StartedAt,
            EndedAt = running ? null : EndsAt,
            UpdatedAt = updatedAt,
        };
    }
}
