using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Finds and quotes the program of a command that runs without a shell.</summary>
internal static class CommandLine
{
    private static readonly string[] WindowsExtensions = [".exe", ".com", ".cmd", ".bat"];

    /// <summary>The command of a StartCommand: App Runner starts its first word as a program, without a shell, for images and for source code.</summary>
    /// <param name="line">The start command.</param>
    /// <param name="folder">The working folder, where a path such as <c>./server</c> starts.</param>
    /// <param name="environment">The complete environment of the program; its PATH is searched.</param>
    /// <exception cref="DeploymentException">There is no such program.</exception>
    public static Command ToCommand(string line, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var arguments = CommandWords.Split(line);
        if (arguments.Count == 0 || FindProgram(arguments[0], folder, environment) is not { } program)
            throw new DeploymentException($"The program of the start command, \"{arguments.FirstOrDefault()}\", was not found. App Runner starts it without a shell; for commands of a shell use sh -c '...'.");

        // On Windows cmd.exe starts it nevertheless: it runs .cmd files such as npm's, and sets the code page of the program's console.
        return OperatingSystem.IsWindows()
            ? new Command.Shell(string.Join(" ", arguments.Skip(1).Prepend(program).Select(QuoteForWindows)), folder, environment)
            : new Command.Program(program, arguments.GetRange(1, arguments.Count - 1), folder, environment);
    }

    /// <summary>Quotes an argument as Windows programs parse it: backslashes are doubled before a quote.</summary>
    /// <param name="argument">The argument.</param>
    internal static string QuoteForWindows(string argument)
    {
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            quoted.Append('\\', c == '"' ? backslashes + 1 : 0).Append(c);
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }

    private static string? FindProgram(string name, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var windows = OperatingSystem.IsWindows();
        if (name.Contains('/') || (windows && name.Contains('\\')))
            return Candidates(Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(ProgramFinder.IsProgram);
        var path = environment.FirstOrDefault(variable => variable.Key.Equals("PATH", windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)).Value;
        var finder = new ProgramFinder(path ?? string.Empty);
        return Candidates(name).Select(finder.FindFile).FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<string> Candidates(string name) =>
        OperatingSystem.IsWindows() && !WindowsExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) ? WindowsExtensions.Select(extension => name + extension) : [name];
}
