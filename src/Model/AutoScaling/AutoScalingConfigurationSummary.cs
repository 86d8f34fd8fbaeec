using System;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The auto scaling configuration of a service, in short (API: AutoScalingConfigurationSummary).</summary>
public sealed class AutoScalingConfigurationSummary
{
    /// <summary>Its ARN.</summary>
    [Length(1, 1011)]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>Its name, shared by its revisions.</summary>
    [Length(4, 32)]
    public string? AutoScalingConfigurationName { get; set; }

    /// <summary>Its revision, from 1.</summary>
    public int? AutoScalingConfigurationRevision { get; set; }

    /// <summary>ACTIVE or INACTIVE.</summary>
    [OneOf(typeof(AutoScalingConfigurationStatus))]
    public string? Status { get; set; }

    /// <summary>When it was created (UTC).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>Whether a service uses it.</summary>
    public bool? HasAssociatedService { get; set; }

    /// <summary>Whether new services get it where they name none.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>Name and revision.</summary>
    /// <returns>Such as <c>DefaultConfiguration/1</c>.</returns>
    public override string ToString() =>
        $"{AutoScalingConfigurationName}/{AutoScalingConfigurationRevision}";
}
