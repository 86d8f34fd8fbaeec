using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>How a code service is built and started (API: CodeConfiguration).</summary>
public sealed class CodeConfiguration : ICrossFieldRules
{
    /// <summary>REPOSITORY (apprunner.yaml) or API (<see cref="CodeConfigurationValues"/>). Required.</summary>
    [Required, OneOf(typeof(ConfigurationSource))]
    public string? ConfigurationSource { get; set; }

    /// <summary>The settings; used with API, ignored with REPOSITORY.</summary>
    public CodeConfigurationValues? CodeConfigurationValues { get; set; }

    /// <inheritdoc/>
    public IEnumerable<Problem> CheckTogether(object root)
    {
        if (ConfigurationSource == Model.ConfigurationSource.Api && CodeConfigurationValues is null)
            yield return new Problem("CodeConfigurationValues", "is required with ConfigurationSource API.");
        if (ConfigurationSource == Model.ConfigurationSource.Repository && CodeConfigurationValues is not null)
            yield return new Problem("CodeConfigurationValues", "is ignored with ConfigurationSource REPOSITORY: apprunner.yaml rules.", ProblemSeverity.Warning);
    }

    /// <summary>Where the settings come from, and the settings in short.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() =>
        CodeConfigurationValues is null ? ConfigurationSource ?? string.Empty : $"{ConfigurationSource}: {CodeConfigurationValues}";
}
