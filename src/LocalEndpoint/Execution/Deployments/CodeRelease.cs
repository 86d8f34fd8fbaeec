using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Folders;
using AppRunner.LocalEndpoint.Execution.Processes;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>Source code that has been built.</summary>
/// <param name="commit">The commit that it is of.</param>
/// <param name="root">All that it takes of the disk.</param>
/// <param name="folder">The folder in it where the program starts.</param>
/// <param name="recipe">How it is started.</param>
/// <param name="secrets">Variables that come from secrets.</param>
/// <param name="processes">Where it is kept which processes run.</param>
internal sealed class CodeRelease(string commit, string root, string folder, CodeRecipe recipe, IReadOnlyDictionary<string, string> secrets, string processes) : Release
{
    /// <summary>The commit that it is of.</summary>
    public string Commit { get; } = commit;

    /// <inheritdoc/>
    public override string PortAdvice(int port) => string.Create(CultureInfo.InvariantCulture, $"A program must listen on the port that the variable PORT holds ({port} this time), not on {recipe.Port} always.");

    /// <inheritdoc/>
    public override IProgram Start(string instanceId, int port, Action<string> output)
    {
        var portText = port.ToString(CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> variables = [.. recipe.RunVariables, .. secrets, new("PORT", portText)];
        if (recipe.PortVariable is { Length: > 0 } name)
            variables.Add(new(name, portText));
        return ProcessGroup.Start(new Command.Shell(recipe.StartCommand, folder, SessionEnvironment.With(variables)), processes, output);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        FolderRemoval.TryDelete(root);
        return ValueTask.CompletedTask;
    }
}
