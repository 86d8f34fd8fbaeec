using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>How an image is run (API: ImageConfiguration).</summary>
public sealed class ImageConfiguration : ICrossFieldRules
{
    /// <summary>Environment variables: names of 1 to 51200, values of 0 to 51200 characters.</summary>
    [Sensitive, Map(51200, 0, 51200)]
    public Dictionary<string, string>? RuntimeEnvironmentVariables { get; set; }

    /// <summary>A command that replaces the image's own, on one line.</summary>
    [Sensitive, Command]
    public string? StartCommand { get; set; }

    /// <summary>The port that the application listens on, 1 to 65535. Default: 8080.</summary>
    [Port, Default(RunSettings.DefaultPort)]
    public string? Port { get; set; }

    /// <summary>Environment variables whose values are the ARNs of secrets or parameters (1 to 2048 characters).</summary>
    [Sensitive, Map(2048, 1, 2048, ValuesAreReferences = true)]
    public Dictionary<string, string>? RuntimeEnvironmentSecrets { get; set; }

    /// <inheritdoc/>
    public IEnumerable<Problem> CheckTogether(object root)
    {
        if (RunSettings.NamesGivenTwice(RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets) is { } problem)
            yield return problem;
    }

    /// <summary>The port, and how many variables and secrets there are.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() =>
        RunSettings.Summary(Port, RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets);
}
