using System;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>
/// The rollback of a failed operation. Nothing has to be restored: the old version keeps running and keeps the route until all instances of
/// the new version are healthy (see <see cref="ExecutedService"/>). A rollback reports the failure to the owner, stops the instances of the
/// new version, and ends the operation as rolled back. Only an operation that replaces a running version can be rolled back.
/// </summary>
/// <param name="IsPossible">Whether the operation was to replace an existing version.</param>
internal readonly record struct Rollback(bool IsPossible)
{
    /// <summary>The final status of the failed operation.</summary>
    public string Outcome => IsPossible ? OperationStatus.RollbackSucceeded : OperationStatus.Failed;

    /// <summary>The rollback of an operation.</summary>
    /// <param name="operationType">One of <see cref="OperationType"/>.</param>
    /// <param name="current">The current version; null before the first deployment.</param>
    public static Rollback Of(string operationType, Release? current) =>
        new(current is not null && operationType is OperationType.UpdateService or OperationType.StartDeployment);

    /// <summary>Reports a rollback to the owner if there is one, then stops the instances of the new version. The route and the old version stay as they are.</summary>
    /// <param name="owner">The owner of the service.</param>
    /// <param name="stopNewVersion">Stops the instances of the new version and deletes its release.</param>
    public Task RunAsync(IServiceOwner owner, Func<Task> stopNewVersion)
    {
        if (IsPossible)
            owner.OnRollback();
        return stopNewVersion();
    }
}
