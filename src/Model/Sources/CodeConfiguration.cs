using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
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
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (ConfigurationSource == Model.ConfigurationSource.Api && CodeConfigurationValues is null)
            yield return new Problem("CodeConfigurationValues", "is required with ConfigurationSource API.");
        if (ConfigurationSource == Model.ConfigurationSource.Repository && CodeConfigurationValues is not null)
            yield return new Problem("CodeConfigurationValues", "is ignored with ConfigurationSource REPOSITORY: apprunner.yaml is used.", ProblemSeverity.Warning);
    }

    /// <summary>The source of the settings and a summary.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() =>
        CodeConfigurationValues is null ? ConfigurationSource ?? string.Empty : $"{ConfigurationSource}: {CodeConfigurationValues}";
}

/// <summary>The source of a code service's settings (API: ConfigurationSource).</summary>
public static class ConfigurationSource
{
    /// <summary>Build and run settings from apprunner.yaml in the source directory.</summary>
    [Description("Build and run settings from apprunner.yaml in the source directory")]
    public const string Repository = "REPOSITORY";

    /// <summary>Build and run settings from the request.</summary>
    [Description("Build and run settings from the request")]
    public const string Api = "API";
}

/// <summary>Build and run settings of a code service (API: CodeConfigurationValues).</summary>
public sealed class CodeConfigurationValues : ICrossFieldRules, IRunSettings
{
    // The runtimes whose support has ended, and when.
    private static readonly Dictionary<string, DateTime> Ended =
        OneOfAttribute.KnownValuesOf(typeof(Runtime)).Where(known => known.EndOfSupport is not null).ToDictionary(known => known.Value, known => known.EndOfSupport!.Value, StringComparer.Ordinal);

    /// <summary>The managed runtime, such as NODEJS_22. Required.</summary>
    [Required, OneOf(typeof(Runtime), Impossible = ["DOCKER", "DOCKERFILE", "CONTAINER", "IMAGE"], ImpossibleReason = "is not a runtime: App Runner builds no Dockerfile. Build the image, push it to Amazon ECR and use ImageRepository")]
    public string? Runtime { get; set; }

    /// <summary>The command that builds the application, on one line.</summary>
    [Sensitive, Command]
    public string? BuildCommand { get; set; }

    /// <summary>The command that starts the application, on one line.</summary>
    [Sensitive, Command(HasShell = false)]
    public string? StartCommand { get; set; }

    /// <summary>The port that the application listens on, 1 to 65535. Default: 8080.</summary>
    [Port, Default(RunSettingRules.DefaultPort)]
    public string? Port { get; set; }

    /// <summary>Environment variables: names of 1 to 51200, values of 0 to 51200 characters.</summary>
    [Sensitive, Map(51200, 0, 51200)]
    public Dictionary<string, string>? RuntimeEnvironmentVariables { get; set; }

    /// <summary>Environment variables whose values are the ARNs of secrets or parameters (1 to 2048 characters).</summary>
    [Sensitive, Map(2048, 1, 2048, ValuesAreReferences = true)]
    public Dictionary<string, string>? RuntimeEnvironmentSecrets { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (Runtime is not null && Ended.TryGetValue(Runtime, out var end))
            yield return new Problem("Runtime", $"{Runtime} is past its end of support ({EndOfSupportAttribute.Format(end)}).", ProblemSeverity.Warning);
        if (BuildCommand is not null && RunSettingRules.IsRevisedBuild(Runtime) && RunSettingRules.InstalledOutsideSource(BuildCommand) is { } tool)
            yield return new Problem("BuildCommand", $"installs packages by {tool} outside of the source directory, which is all that the build of {Runtime} copies into the running image. Use apprunner.yaml, with the command in run.pre-run.", ProblemSeverity.Warning);
        if (RunSettingRules.NamesGivenTwice(RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets) is { } problem)
            yield return problem;
    }

    /// <summary>Runtime and port, and how many variables and secrets there are.</summary>
    /// <returns>A short text without secrets.</returns>
    public override string ToString() =>
        $"{Runtime}, {RunSettingRules.Summary(Port, RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets)}";
}

/// <summary>Known managed runtimes of code services (API: Runtime).</summary>
public static class Runtime
{
    /// <summary>Python 3.7 and 3.8; past its end of support.</summary>
    [Description("Python 3.7 and 3.8"), EndOfSupport("2025-12-01")]
    public const string Python3 = "PYTHON_3";

    /// <summary>Node.js 12; past its end of support.</summary>
    [Description("Node.js 12"), EndOfSupport("2025-12-01")]
    public const string NodeJs12 = "NODEJS_12";

    /// <summary>Node.js 14; past its end of support.</summary>
    [Description("Node.js 14"), EndOfSupport("2025-12-01")]
    public const string NodeJs14 = "NODEJS_14";

    /// <summary>Java 8 (Amazon Corretto).</summary>
    [Description("Java 8 (Amazon Corretto)")]
    public const string Corretto8 = "CORRETTO_8";

    /// <summary>Java 11 (Amazon Corretto).</summary>
    [Description("Java 11 (Amazon Corretto)")]
    public const string Corretto11 = "CORRETTO_11";

    /// <summary>Node.js 16; past its end of support.</summary>
    [Description("Node.js 16"), EndOfSupport("2025-12-01")]
    public const string NodeJs16 = "NODEJS_16";

    /// <summary>Go 1.18; past its end of support.</summary>
    [Description("Go 1.18"), EndOfSupport("2025-12-01")]
    public const string Go1 = "GO_1";

    /// <summary>.NET 6; past its end of support.</summary>
    [Description(".NET 6"), EndOfSupport("2025-12-01")]
    public const string DotNet6 = "DOTNET_6";

    /// <summary>PHP 8.1.</summary>
    [Description("PHP 8.1")]
    public const string Php81 = "PHP_81";

    /// <summary>Ruby 3.1; past its end of support.</summary>
    [Description("Ruby 3.1"), EndOfSupport("2025-12-01")]
    public const string Ruby31 = "RUBY_31";

    /// <summary>Python 3.11.</summary>
    [Description("Python 3.11")]
    public const string Python311 = "PYTHON_311";

    /// <summary>Node.js 18; past its end of support.</summary>
    [Description("Node.js 18"), EndOfSupport("2025-12-01")]
    public const string NodeJs18 = "NODEJS_18";

    /// <summary>Node.js 22.</summary>
    [Description("Node.js 22")]
    public const string NodeJs22 = "NODEJS_22";
}
