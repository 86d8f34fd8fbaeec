using System;
using System.IO;
using System.Linq;
using AppRunner.LocalEndpoint.Execution.Sources;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.SourceFile;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>Finds out how source code is built and started: from the request, or from apprunner.yaml.</summary>
internal static class RecipeReader
{
    /// <summary>How the source code is built and started.</summary>
    /// <param name="configuration">The service's configuration.</param>
    /// <param name="repository">The checked out repository, by its real path.</param>
    /// <param name="source">The folder in it that holds the application, by its real path.</param>
    /// <param name="log">Where problems are told.</param>
    /// <exception cref="DeploymentFailure">There is no apprunner.yaml where one must be, or it is wrong.</exception>
    public static CodeRecipe Read(CodeConfiguration configuration, string repository, string source, DeploymentLog log)
    {
        if (configuration.ConfigurationSource != ConfigurationSource.Repository)
            return CodeRecipe.Of(configuration.CodeConfigurationValues!);
        var path = Path.Combine(source, Model.SourceFile.FileName);
        if (!File.Exists(path))
            throw new DeploymentFailure($"There is no {Model.SourceFile.FileName} in the source directory, which ConfigurationSource REPOSITORY asks for.");

        // A link must not bring a file of the user's into the log, by way of what is wrong with it.
        path = SourceDirectory.Inside(repository, path, Model.SourceFile.FileName);
        try
        {
            var (file, problems) = new SourceFileReader().ReadFile(path);
            foreach (var problem in problems.Where(problem => problem.Severity == ProblemSeverity.Warning))
                log.Detail("Warning: " + Show(problem));
            var rest = problems.Where(problem => problem.Severity != ProblemSeverity.Warning).ToArray();
            foreach (var problem in rest)
                log.Say(Show(problem));
            return file is null
                ? throw new DeploymentFailure($"{Model.SourceFile.FileName} is wrong; the {(rest.Length == 1 ? "line" : $"{rest.Length} lines")} before {(rest.Length == 1 ? "says" : "say")} where.")
                : CodeRecipe.Of(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentFailure($"{Model.SourceFile.FileName} cannot be read: {e.Message}");
        }
    }

    private static string Show(SourceFileProblem problem) => new SourceFileProblem(Model.SourceFile.FileName, problem.Line, problem.Column, problem.Path, problem.Message).ToString();
}
