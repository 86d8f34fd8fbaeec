using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>An observability configuration in short, as ListObservabilityConfigurations gives it (API: ObservabilityConfigurationSummary).</summary>
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

    /// <summary>The ARN, under the name by which the tag cmdlets take it from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => ObservabilityConfigurationArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ObservabilityConfigurationArn, out var arn) ? arn.Region : null;

    /// <summary>Name and revision, such as <c>tracing/2</c>.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{ObservabilityConfigurationName}/{ObservabilityConfigurationRevision}";
}
