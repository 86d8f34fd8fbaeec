using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>
/// The roll-back of an operation that failed. There is nothing to be restored: the version before keeps running, and keeps the route, until
/// every instance of the new one is healthy (see <see cref="ExecutedService"/>). So rolling back is to report it to the owner, to stop what was
/// started of the new version, and to end the operation as rolled back. An operation is rolled back where a version runs already and
/// another one was to replace it; any other failure is just a failure.
/// </summary>
/// <param name="IsPossible">Whether there is a version to go back to, and the operation was to replace it.</param>
internal readonly record struct RollBack(bool IsPossible)
{
    /// <summary>Which status a failed operation ends in.</summary>
    public string Outcome => IsPossible ? OperationStatus.RollbackSucceeded : OperationStatus.Failed;

    /// <summary>The last line that a failed operation logs.</summary>
    public string Message => IsPossible ? "The operation failed and was rolled back: the version before goes on." : "The operation failed.";

    /// <summary>The roll-back of an operation.</summary>
    /// <param name="operationType">One of <see cref="OperationType"/>.</param>
    /// <param name="current">The version that runs; null before the first deployment.</param>
    public static RollBack Of(string operationType, Release? current) =>
        new(current is not null && operationType is OperationType.UpdateService or OperationType.StartDeployment);
}
