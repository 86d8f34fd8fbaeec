using System.Collections.Generic;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Build and run settings of a code service (API: CodeConfigurationValues).</summary>
public sealed class CodeConfigurationValues : ICrossFieldRules
{
    // Support for these ended on 1 December 2025.
    private static readonly string[] Ended =
        [Model.Runtime.Python3, Model.Runtime.NodeJs12, Model.Runtime.NodeJs14, Model.Runtime.NodeJs16, Model.Runtime.NodeJs18, Model.Runtime.DotNet6, Model.Runtime.Go1, Model.Runtime.Ruby31];

    /// <summary>The managed runtime, such as NODEJS_22. Required.</summary>
    [Required, OneOf(typeof(Runtime))]
    public string? Runtime { get; set; }

    /// <summary>The command that builds the application, on one line.</summary>
    [Sensitive, Command]
    public string? BuildCommand { get; set; }

    /// <summary>The command that starts the application, on one line.</summary>
    [Sensitive, Command]
    public string? StartCommand { get; set; }

    /// <summary>The port that the application listens on, 1 to 65535. Default: 8080.</summary>
    [Port, Default(RunSettings.DefaultPort)]
    public string? Port { get; set; }

    /// <summary>Environment variables: names of 1 to 51200, values of 0 to 51200 characters.</summary>
    [Sensitive, Map(51200, 0, 51200)]
    public Dictionary<string, string>? RuntimeEnvironmentVariables { get; set; }

    /// <summary>Environment variables whose values are the ARNs of secrets or parameters (1 to 2048 characters).</summary>
    [Sensitive, Map(2048, 1, 2048, ValuesAreReferences = true)]
    public Dictionary<string, string>? RuntimeEnvironmentSecrets { get; set; }

    /// <inheritdoc/>
    public IEnumerable<Problem> CheckTogether(object root)
    {
        if (Runtime is not null && Ended.Contains(Runtime))
            yield return new Problem("Runtime", $"{Runtime} is past its end of support (1 December 2025).", ProblemSeverity.Warning);
        if (RunSettings.NamesGivenTwice(RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets) is { } problem)
            yield return problem;
    }

    /// <summary>Runtime and port, and how many variables and secrets there are.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() =>
        $"{Runtime}, {RunSettings.Summary(Port, RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets)}";
}
