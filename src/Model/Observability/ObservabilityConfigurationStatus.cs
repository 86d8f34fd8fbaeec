namespace AppRunner.Model;

/// <summary>Known values of an observability configuration's status (API: ObservabilityConfigurationStatus).</summary>
public static class ObservabilityConfigurationStatus
{
    /// <summary>Usable.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Deleted.</summary>
    public const string Inactive = "INACTIVE";
}
