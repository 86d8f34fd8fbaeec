using System;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>An auto scaling configuration as returned by ListAutoScalingConfigurations and in a service (API: AutoScalingConfigurationSummary).</summary>
public class AutoScalingConfigurationSummary : IResource
{
    /// <summary>The ARN of this revision.</summary>
    [Length(1, 1011)]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>The name, shared by its revisions.</summary>
    [Length(4, 32)]
    public string? AutoScalingConfigurationName { get; set; }

    /// <summary>The revision, from 1.</summary>
    public int? AutoScalingConfigurationRevision { get; set; }

    /// <summary>ACTIVE, or INACTIVE once it is deleted.</summary>
    [OneOf(typeof(AutoScalingConfigurationStatus))]
    public string? Status { get; set; }

    /// <summary>When it was created (local time).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>Whether a service uses it.</summary>
    public bool? HasAssociatedService { get; set; }

    /// <summary>Whether it is used by new services that do not name one.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>The ARN, under the name that the tag cmdlets bind from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => AutoScalingConfigurationArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(AutoScalingConfigurationArn, out var arn) ? arn.Region : null;

    /// <summary>Name and revision, such as <c>DefaultConfiguration/1</c>.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{AutoScalingConfigurationName}/{AutoScalingConfigurationRevision}";
}

/// <summary>One revision of an auto scaling configuration, with all members (API: AutoScalingConfiguration).</summary>
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

    /// <summary>When it was deleted (local time); null while it is active.</summary>
    public DateTime? DeletedAt { get; set; }
}

/// <summary>Known values of an auto scaling configuration's status (API: AutoScalingConfigurationStatus).</summary>
public static class AutoScalingConfigurationStatus
{
    /// <summary>In use or usable.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Deleted.</summary>
    public const string Inactive = "INACTIVE";
}
