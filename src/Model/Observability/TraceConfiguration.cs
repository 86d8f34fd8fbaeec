using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>How traces are collected (API: TraceConfiguration).</summary>
public sealed class TraceConfiguration
{
    /// <summary>AWSXRAY. Required.</summary>
    [Required, OneOf(typeof(TracingVendor))]
    public string? Vendor { get; set; }

    /// <summary>The vendor.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => Vendor ?? base.ToString()!;
}
