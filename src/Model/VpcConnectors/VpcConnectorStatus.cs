namespace AppRunner.Model;

/// <summary>Known values of a VPC connector's status (API: VpcConnectorStatus).</summary>
public static class VpcConnectorStatus
{
    /// <summary>Usable.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Deleted.</summary>
    public const string Inactive = "INACTIVE";
}
