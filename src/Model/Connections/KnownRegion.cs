using System.ComponentModel;

namespace AppRunner.Model;

/// <summary>The regions with App Runner when this version was released. Used for completion only: other regions are accepted.</summary>
public static class KnownRegion
{
    /// <summary>US East (N. Virginia).</summary>
    [Description("US East (N. Virginia)")]
    public const string UsEast1 = "us-east-1";

    /// <summary>US East (Ohio).</summary>
    [Description("US East (Ohio)")]
    public const string UsEast2 = "us-east-2";

    /// <summary>US West (Oregon).</summary>
    [Description("US West (Oregon)")]
    public const string UsWest2 = "us-west-2";

    /// <summary>Europe (Frankfurt).</summary>
    [Description("Europe (Frankfurt)")]
    public const string EuCentral1 = "eu-central-1";

    /// <summary>Europe (Ireland).</summary>
    [Description("Europe (Ireland)")]
    public const string EuWest1 = "eu-west-1";

    /// <summary>Europe (London).</summary>
    [Description("Europe (London)")]
    public const string EuWest2 = "eu-west-2";

    /// <summary>Europe (Paris).</summary>
    [Description("Europe (Paris)")]
    public const string EuWest3 = "eu-west-3";

    /// <summary>Asia Pacific (Mumbai).</summary>
    [Description("Asia Pacific (Mumbai)")]
    public const string ApSouth1 = "ap-south-1";

    /// <summary>Asia Pacific (Singapore).</summary>
    [Description("Asia Pacific (Singapore)")]
    public const string ApSoutheast1 = "ap-southeast-1";

    /// <summary>Asia Pacific (Sydney).</summary>
    [Description("Asia Pacific (Sydney)")]
    public const string ApSoutheast2 = "ap-southeast-2";

    /// <summary>Asia Pacific (Tokyo).</summary>
    [Description("Asia Pacific (Tokyo)")]
    public const string ApNortheast1 = "ap-northeast-1";
}
