namespace AppRunner.Model;

/// <summary>Known values of a service's status (API: ServiceStatus).</summary>
public static class ServiceStatus
{
    /// <summary>The service could not be created; it can be updated (which rebuilds it) or deleted, and counts towards the quota.</summary>
    public const string CreateFailed = "CREATE_FAILED";

    /// <summary>The service answers.</summary>
    public const string Running = "RUNNING";

    /// <summary>The service is gone; it stays describable for a while.</summary>
    public const string Deleted = "DELETED";

    /// <summary>Deleting failed; delete again.</summary>
    public const string DeleteFailed = "DELETE_FAILED";

    /// <summary>Suspended: no instances, no cost for compute.</summary>
    public const string Paused = "PAUSED";

    /// <summary>An operation runs; another one is refused until it ends.</summary>
    public const string OperationInProgress = "OPERATION_IN_PROGRESS";
}
