using System;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>An operation of a service. The status of a simulated one follows from the time; one that is carried out says how far it is.</summary>
/// <param name="Sequence">Its place among the service's operations.</param>
/// <param name="Id">A UUID with dashes.</param>
/// <param name="Type">One of <see cref="OperationType"/>.</param>
/// <param name="Outcome">How it ends, one of <see cref="OperationStatus"/>; while it is carried out nobody knows, and it says SUCCEEDED.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndsAt">When it ends or has ended; null while it is carried out.</param>
/// <param name="RollingBackSince">When one that is carried out failed and began to be rolled back; else null.</param>
internal sealed record StoredOperation(long Sequence, string Id, string Type, string Outcome, DateTime StartedAt, DateTime? EndsAt, DateTime? RollingBackSince = null)
{
    // Pending for a moment; a rollback takes the last third.
    private DateTime BeginsAt => EndsAt is { } end ? StartedAt + ((end - StartedAt) / 20) : StartedAt;

    private DateTime RollsBackAt => RollingBackSince
        ?? (EndsAt is { } end && Outcome is OperationStatus.RollbackSucceeded or OperationStatus.RollbackFailed ? end - ((end - StartedAt) / 3) : DateTime.MaxValue);

    /// <summary>The operation as the API shows it.</summary>
    /// <param name="serviceArn">The service's ARN.</param>
    /// <param name="running">Whether it is the service's running operation.</param>
    /// <param name="now">The time.</param>
    public Operation Show(string serviceArn, bool running, DateTime now)
    {
        var (status, updatedAt) = !running ? (Outcome, EndsAt!.Value)
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
