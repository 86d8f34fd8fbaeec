using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.SourceFile;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>How source code is built and started, by the service's settings or by apprunner.yaml.</summary>
/// <param name="BuildCommands">The commands that build it, in their order.</param>
/// <param name="BuildVariables">The variables that they see.</param>
/// <param name="StartCommand">The command that starts it.</param>
/// <param name="RunVariables">The variables that the program sees.</param>
/// <param name="RunSecrets">Variables whose values are references to secrets.</param>
/// <param name="Port">The port that the definition names.</param>
/// <param name="PortVariable">A second variable that holds the port; null for none.</param>
internal sealed record CodeRecipe(
    IReadOnlyList<string> BuildCommands,
    IReadOnlyDictionary<string, string> BuildVariables,
    string StartCommand,
    IReadOnlyDictionary<string, string> RunVariables,
    IReadOnlyDictionary<string, string> RunSecrets,
    int Port,
    string? PortVariable)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>The settings of a request. The build does not see the program's variables, as on AWS.</summary>
    /// <exception cref="DeploymentException">Nothing says how the program is started.</exception>
    public static CodeRecipe Of(CodeSettings settings) => new(
        string.IsNullOrEmpty(settings.BuildCommand) ? [] : [settings.BuildCommand],
        None,
        string.IsNullOrEmpty(settings.StartCommand) ? throw new DeploymentException("StartCommand is missing: nothing says how the program is started.") : settings.StartCommand,
        settings.Variables,
        settings.Secrets,
        settings.Port,
        PortVariable: null);

    /// <summary>What apprunner.yaml says. Its commands before the run finish what is run, so they are the last ones of the build.</summary>
    public static CodeRecipe Of(Model.SourceFile file) => new(
        [.. file.Build.PreBuild, .. file.Build.Build, .. file.Build.PostBuild, .. file.Run.PreRun],
        file.Build.EnvironmentVariables,
        file.Run.Command,
        file.Run.EnvironmentVariables,
        file.Run.Secrets,
        file.Run.Port,
        file.Run.PortVariable);
}

/// <summary>Finds out how source code is built and started: from the request, or from apprunner.yaml.</summary>
internal static class RecipeReader
{
    /// <summary>How the source code is built and started.</summary>
    /// <param name="settings">The service's settings; null where apprunner.yaml has them.</param>
    /// <param name="repository">The checked out repository, by its real path.</param>
    /// <param name="source">The folder in it that holds the application, by its real path.</param>
    /// <param name="log">Where problems are logged.</param>
    /// <exception cref="DeploymentException">There is no apprunner.yaml where one must be, or it is wrong.</exception>
    public static CodeRecipe Read(CodeSettings? settings, string repository, string source, DeploymentLog log)
    {
        if (settings is not null)
            return CodeRecipe.Of(settings);
        var path = Path.Combine(source, Model.SourceFile.FileName);
        if (!File.Exists(path))
            throw new DeploymentException($"There is no {Model.SourceFile.FileName} in the source directory, which ConfigurationSource REPOSITORY asks for.");

        // A link must not bring a file of the user's into the log, by way of what is wrong with it.
        path = SourceDirectory.Inside(repository, path, Model.SourceFile.FileName);
        try
        {
            var (file, problems) = new SourceFileReader().ReadFile(path);
            foreach (var problem in problems.Where(problem => problem.Severity == ProblemSeverity.Warning))
                log.Verbose("Warning: " + Show(problem));
            var rest = problems.Where(problem => problem.Severity != ProblemSeverity.Warning).ToArray();
            foreach (var problem in rest)
                log.Info(Show(problem));
            return file is null
                ? throw new DeploymentException($"{Model.SourceFile.FileName} is wrong; the {(rest.Length == 1 ? "line" : $"{rest.Length} lines")} before {(rest.Length == 1 ? "says" : "say")} where.")
                : CodeRecipe.Of(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentException($"{Model.SourceFile.FileName} cannot be read: {e.Message}");
        }
    }

    private static string Show(SourceFileProblem problem) => new SourceFileProblem(Model.SourceFile.FileName, problem.Line, problem.Column, problem.Path, problem.Message).ToString();
}
