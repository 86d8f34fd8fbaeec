using System.Collections.Generic;
using System.Globalization;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>How source code is built and started, wherever that was said.</summary>
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
    /// <exception cref="DeploymentFailure">Nothing says how the program is started.</exception>
    public static CodeRecipe Of(CodeConfigurationValues values) => new(
        string.IsNullOrEmpty(values.BuildCommand) ? [] : [values.BuildCommand],
        None,
        string.IsNullOrEmpty(values.StartCommand) ? throw new DeploymentFailure("StartCommand is missing: nothing says how the program is started.") : values.StartCommand,
        values.RuntimeEnvironmentVariables ?? None,
        values.RuntimeEnvironmentSecrets ?? None,
        int.Parse(values.Port!, CultureInfo.InvariantCulture),
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
