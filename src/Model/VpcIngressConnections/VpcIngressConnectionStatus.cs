namespace AppRunner.Model;

/// <summary>Known values of a VPC ingress connection's status (API: VpcIngressConnectionStatus).</summary>
public static class VpcIngressConnectionStatus
{
    /// <summary>Usable.</summary>
    public const string Available = "AVAILABLE";

    /// <summary>Being created.</summary>
    public const string PendingCreation = "PENDING_CREATION";

    /// <summary>Being changed.</summary>
    public const string PendingUpdate = "PENDING_UPDATE";

    /// <summary>Being deleted.</summary>
    public const string PendingDeletion = "PENDING_DELETION";

    /// <summary>Could not be created; it can be updated or deleted.</summary>
    public const string FailedCreation = "FAILED_CREATION";

    /// <summary>Could not be changed; it can be updated again or deleted.</summary>
    public const string FailedUpdate = "FAILED_UPDATE";

    /// <summary>Could not be deleted; it can be deleted again.</summary>
    public const string FailedDeletion = "FAILED_DELETION";

    /// <summary>Deleted.</summary>
    public const string Deleted = "DELETED";
}
