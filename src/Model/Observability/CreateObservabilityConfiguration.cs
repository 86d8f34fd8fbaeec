using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Creates an observability configuration, or the next revision if the name exists (API: CreateObservabilityConfiguration).</summary>
public sealed class CreateObservabilityConfigurationRequest : AppRunnerRequest<CreateObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "CreateObservabilityConfiguration";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The name, 4 to 32 letters, digits, - or _. Required.</summary>
    [Required, Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,31}", "4 to 32 letters, digits, - or _, beginning with a letter or digit")]
    public string? ObservabilityConfigurationName { get; set; }

    /// <summary>How traces are collected. Default: no tracing.</summary>
    public TraceConfiguration? TraceConfiguration { get; set; }

    /// <summary>Tags, at most 50.</summary>
    [Tags]
    public List<Tag>? Tags { get; set; }
}

/// <summary>The response of CreateObservabilityConfiguration.</summary>
public sealed class CreateObservabilityConfigurationResponse : AppRunnerResponse
{
    /// <summary>The new revision.</summary>
    public ObservabilityConfiguration? ObservabilityConfiguration { get; set; }
}
