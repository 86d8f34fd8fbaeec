using System;

namespace AppRunner.Model;

/// <summary>One revision of an auto scaling configuration, whole (API: AutoScalingConfiguration).</summary>
public sealed class AutoScalingConfiguration : AutoScalingConfigurationSummary
{
    /// <summary>Whether it is the newest active revision of its name.</summary>
    public bool? Latest { get; set; }

    /// <summary>Requests that one instance handles at once before another one is started.</summary>
    public int? MaxConcurrency { get; set; }

    /// <summary>Instances that are always provisioned: one is active, the others wait and cost their memory.</summary>
    public int? MinSize { get; set; }

    /// <summary>Instances that run at most.</summary>
    public int? MaxSize { get; set; }

    /// <summary>When it was deleted (UTC); null while it is active.</summary>
    public DateTime? DeletedAt { get; set; }
}
