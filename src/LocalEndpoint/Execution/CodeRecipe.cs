using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.SourceFile;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>How source code is built and started, from the service's configuration or from apprunner.yaml.</summary>
/// <param name="BuildCommands">The build commands, in order.</param>
/// <param name="BuildVariables">The environment variables of the build.</param>
/// <param name="StartCommand">The start command.</param>
/// <param name="RunVariables">The environment variables of the program.</param>
/// <param name="RunSecrets">The variables that refer to secrets.</param>
/// <param name="Port">The configured port.</param>
/// <param name="PortVariable">An additional variable for the port; null for none.</param>
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

    /// <summary>From the settings of a request. As on AWS, the build does not get the program's variables.</summary>
    /// <exception cref="DeploymentException">There is no start command.</exception>
    public static CodeRecipe Of(CodeSettings settings) => new(
        string.IsNullOrEmpty(settings.BuildCommand) ? [] : [settings.BuildCommand],
        None,
        string.IsNullOrEmpty(settings.StartCommand) ? throw new DeploymentException("StartCommand is missing: there is no command to start the program.") : settings.StartCommand,
        settings.Variables,
        settings.Secrets,
        settings.Port,
        PortVariable: null);

    /// <summary>From apprunner.yaml. Its pre-run commands prepare the program, so they run at the end of the build.</summary>
    public static CodeRecipe Of(Model.SourceFile file) => new(
        [.. file.Build.PreBuild, .. file.Build.Build, .. file.Build.PostBuild, .. file.Run.PreRun],
        file.Build.EnvironmentVariables,
        file.Run.Command,
        file.Run.EnvironmentVariables,
        file.Run.Secrets,
        file.Run.Port,
        file.Run.PortVariable);
}

/// <summary>Reads how source code is built and started, from the request or from apprunner.yaml.</summary>
internal static class RecipeReader
{
    /// <summary>Reads the settings.</summary>
    /// <param name="settings">The settings of the request; null if apprunner.yaml has them.</param>
    /// <param name="repository">The real path of the checked out repository.</param>
    /// <param name="source">The real path of the source directory in it.</param>
    /// <param name="log">Where problems are logged.</param>
    /// <exception cref="DeploymentException">apprunner.yaml is missing or not valid.</exception>
    public static CodeRecipe Read(CodeSettings? settings, string repository, string source, DeploymentLog log)
    {
        if (settings is not null)
            return CodeRecipe.Of(settings);
        var path = Path.Combine(source, Model.SourceFile.FileName);
        if (!File.Exists(path))
            throw new DeploymentException($"There is no {Model.SourceFile.FileName} in the source directory. ConfigurationSource REPOSITORY requires one.");

        // A symbolic link could point to any file of the user, and the problems quote its content in the log.
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
                ? throw new DeploymentException($"{Model.SourceFile.FileName} is not valid. See the {(rest.Length == 1 ? "line" : $"{rest.Length} lines")} above.")
                : CodeRecipe.Of(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentException($"{Model.SourceFile.FileName} cannot be read: {FailureText.Sentence(e.Message)}");
        }
    }

    private static string Show(SourceFileProblem problem) => new SourceFileProblem(Model.SourceFile.FileName, problem.Line, problem.Column, problem.Path, problem.Message).ToString();
}
