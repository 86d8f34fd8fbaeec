namespace AppRunner.Model;

/// <summary>Known values of an operation's status (API: OperationStatus).</summary>
public static class OperationStatus
{
    /// <summary>Accepted, not begun.</summary>
    public const string Pending = "PENDING";

    /// <summary>Running.</summary>
    public const string InProgress = "IN_PROGRESS";

    /// <summary>Ended without effect.</summary>
    public const string Failed = "FAILED";

    /// <summary>Ended as asked: the only success.</summary>
    public const string Succeeded = "SUCCEEDED";

    /// <summary>Failed; the old configuration is being restored.</summary>
    public const string RollbackInProgress = "ROLLBACK_IN_PROGRESS";

    /// <summary>Failed, and the old configuration could not be restored.</summary>
    public const string RollbackFailed = "ROLLBACK_FAILED";

    /// <summary>Failed; the service runs with its old configuration.</summary>
    public const string RollbackSucceeded = "ROLLBACK_SUCCEEDED";
}
