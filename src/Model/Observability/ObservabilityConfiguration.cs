using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>An observability configuration as returned by ListObservabilityConfigurations (API: ObservabilityConfigurationSummary).</summary>
public class ObservabilityConfigurationSummary : IResource
{
    /// <summary>The ARN of this revision.</summary>
    [Length(1, 1011)]
    public string? ObservabilityConfigurationArn { get; set; }

    /// <summary>The name, shared by its revisions.</summary>
    [Length(4, 32)]
    public string? ObservabilityConfigurationName { get; set; }

    /// <summary>The revision, from 1.</summary>
    public int? ObservabilityConfigurationRevision { get; set; }

    /// <summary>The ARN, under the name that the tag cmdlets bind from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => ObservabilityConfigurationArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ObservabilityConfigurationArn, out var arn) ? arn.Region : null;

    /// <summary>Name and revision, such as <c>tracing/2</c>.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{ObservabilityConfigurationName}/{ObservabilityConfigurationRevision}";
}

/// <summary>One revision of an observability configuration, with all members (API: ObservabilityConfiguration).</summary>
public sealed class ObservabilityConfiguration : ObservabilityConfigurationSummary
{
    /// <summary>How traces are collected; null without tracing.</summary>
    public TraceConfiguration? TraceConfiguration { get; set; }

    /// <summary>Whether it is the newest active revision of its name.</summary>
    public bool? Latest { get; set; }

    /// <summary>ACTIVE, or INACTIVE once it is deleted.</summary>
    [OneOf(typeof(ObservabilityConfigurationStatus))]
    public string? Status { get; set; }

    /// <summary>When it was created (local time).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>When it was deleted (local time); null while it is active.</summary>
    public DateTime? DeletedAt { get; set; }
}

/// <summary>Known values of an observability configuration's status (API: ObservabilityConfigurationStatus).</summary>
public static class ObservabilityConfigurationStatus
{
    /// <summary>Usable.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Deleted.</summary>
    public const string Inactive = "INACTIVE";
}

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

/// <summary>Known values of a tracing vendor (API: TracingVendor).</summary>
public static class TracingVendor
{
    /// <summary>Tracing with AWS X-Ray.</summary>
    [Description("Tracing with AWS X-Ray")]
    public const string AwsXRay = "AWSXRAY";
}

/// <summary>Tracing of a service (API: ServiceObservabilityConfiguration).</summary>
public sealed class ServiceObservabilityConfiguration : ICrossFieldRules
{
    /// <summary>Whether an observability configuration is associated. Required.</summary>
    [Required]
    public bool? ObservabilityEnabled { get; set; }

    /// <summary>The ARN of the observability configuration; with ObservabilityEnabled true only. Without revision: the latest.</summary>
    [Length(1, 1011), Arn("apprunner", "observabilityconfiguration"), KeptIfAbsent]
    public string? ObservabilityConfigurationArn { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (ObservabilityEnabled == false && !string.IsNullOrEmpty(ObservabilityConfigurationArn))
            yield return new Problem("ObservabilityConfigurationArn", "is allowed with ObservabilityEnabled true only.");
    }

    /// <summary>Whether tracing is on, and by which configuration.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() =>
        ObservabilityEnabled == true ? $"on {Arn.ShortNameOf(ObservabilityConfigurationArn)}".TrimEnd() : "off";
}
