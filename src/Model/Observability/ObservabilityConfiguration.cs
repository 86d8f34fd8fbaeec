using System;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>One revision of an observability configuration, whole (API: ObservabilityConfiguration).</summary>
public sealed class ObservabilityConfiguration : ObservabilityConfigurationSummary
{
    /// <summary>How traces are collected; null without tracing.</summary>
    public TraceConfiguration? TraceConfiguration { get; set; }

    /// <summary>Whether it is the newest active revision of its name.</summary>
    public bool? Latest { get; set; }

    /// <summary>ACTIVE, or INACTIVE once it is deleted.</summary>
    [OneOf(typeof(ObservabilityConfigurationStatus))]
    public string? Status { get; set; }

    /// <summary>When it was created (UTC).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>When it was deleted (UTC); null while it is active.</summary>
    public DateTime? DeletedAt { get; set; }
}
