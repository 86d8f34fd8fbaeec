namespace AppRunner.Model;

/// <summary>Known values of a tracing vendor (API: TracingVendor).</summary>
public static class TracingVendor
{
    /// <summary>AWS X-Ray.</summary>
    public const string AwsXRay = "AWSXRAY";
}
