namespace AppRunner.Model;

/// <summary>The regions with App Runner when this version was released. Used for completion only: other regions are accepted.</summary>
public static class KnownRegion
{
    /// <summary>US East (N. Virginia).</summary>
    public const string UsEast1 = "us-east-1";

    /// <summary>US East (Ohio).</summary>
    public const string UsEast2 = "us-east-2";

    /// <summary>US West (Oregon).</summary>
    public const string UsWest2 = "us-west-2";

    /// <summary>Europe (Frankfurt).</summary>
    public const string EuCentral1 = "eu-central-1";

    /// <summary>Europe (Ireland).</summary>
    public const string EuWest1 = "eu-west-1";

    /// <summary>Europe (London).</summary>
    public const string EuWest2 = "eu-west-2";

    /// <summary>Europe (Paris).</summary>
    public const string EuWest3 = "eu-west-3";

    /// <summary>Asia Pacific (Mumbai).</summary>
    public const string ApSouth1 = "ap-south-1";

    /// <summary>Asia Pacific (Singapore).</summary>
    public const string ApSoutheast1 = "ap-southeast-1";

    /// <summary>Asia Pacific (Sydney).</summary>
    public const string ApSoutheast2 = "ap-southeast-2";

    /// <summary>Asia Pacific (Tokyo).</summary>
    public const string ApNortheast1 = "ap-northeast-1";
}
