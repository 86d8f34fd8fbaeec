namespace AppRunner.Model;

/// <summary>Known values of an auto scaling configuration's status (API: AutoScalingConfigurationStatus).</summary>
public static class AutoScalingConfigurationStatus
{
    /// <summary>In use or usable.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Deleted.</summary>
    public const string Inactive = "INACTIVE";
}
