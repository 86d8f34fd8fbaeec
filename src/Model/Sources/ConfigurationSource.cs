namespace AppRunner.Model;

/// <summary>Where a code service's settings come from (API: ConfigurationSource).</summary>
public static class ConfigurationSource
{
    /// <summary>From apprunner.yaml in the source directory.</summary>
    public const string Repository = "REPOSITORY";

    /// <summary>From CodeConfigurationValues of the request.</summary>
    public const string Api = "API";
}
