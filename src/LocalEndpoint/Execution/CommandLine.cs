using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Splits a command into arguments, for commands that run without a shell.</summary>
internal static class CommandLine
{
    /// <summary>The variable with the value %, for cmd.exe.</summary>
    internal const string PercentVariable = "APPRUNNER_PERCENT_SIGN";

    private static readonly string[] WindowsExtensions = [".exe", ".com", ".cmd", ".bat"];

    /// <summary>The command of a StartCommand: App Runner starts its first word as a program, without a shell, for images and for source code.</summary>
    /// <param name="line">The start command.</param>
    /// <param name="folder">The working folder, where a path such as <c>./server</c> starts.</param>
    /// <param name="environment">The complete environment of the program; its PATH is searched.</param>
    /// <exception cref="DeploymentException">There is no such program.</exception>
    public static Command ToCommand(string line, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var arguments = Split(line);
        if (arguments.Count == 0 || FindProgram(arguments[0], folder, environment) is not { } program)
            throw new DeploymentException($"The program of the start command, \"{arguments.FirstOrDefault()}\", was not found. App Runner starts it without a shell; for commands of a shell use sh -c '...'.");

        if (!OperatingSystem.IsWindows())
            return new Command.Program(program, arguments.GetRange(1, arguments.Count - 1), folder, environment);

        // On Windows cmd.exe starts it nevertheless: it runs .cmd files such as npm's, and sets the code page of the program's console.
        return new Command.Shell(string.Join(" ", arguments.Skip(1).Prepend(program).Select(QuoteForCmd)), folder, new Dictionary<string, string>(environment, StringComparer.OrdinalIgnoreCase) { [PercentVariable] = "%" });
    }

    /// <summary>Quotes an argument of a command line that cmd.exe reads first, and then the program.</summary>
    /// <remarks>
    /// The program takes \" as a quote and doubled backslashes before a quote; cmd.exe takes every quote as the begin or the end of text without
    /// operators. So a quote stands outside of the quotes, after a caret: a"b is "a"\^""b". cmd.exe replaces %NAME% even in quotes, and has no way
    /// to escape a percent sign outside of a batch file, so a variable has it: cmd.exe does not replace anything in a value.
    /// </remarks>
    /// <param name="argument">The argument.</param>
    /// <exception cref="DeploymentException">The argument has a line break, which cmd.exe cannot pass on.</exception>
    internal static string QuoteForCmd(string argument)
    {
        if (argument.AsSpan().IndexOfAny('\r', '\n') >= 0)
            throw new DeploymentException("The start command has an argument with a line break. That is not possible on Windows.");
        var quoted = new StringBuilder();
        var start = 0;
        for (var end = 0; end <= argument.Length; end++)
        {
            if (end < argument.Length && argument[end] != '"')
                continue;
            var text = argument[start..end];
            if (text.Length > 0 || argument.Length == 0)
                quoted.Append('"').Append(text.Replace("%", $"%{PercentVariable}%", StringComparison.Ordinal)).Append('\\', text.Length - text.TrimEnd('\\').Length).Append('"');
            if (end < argument.Length)
                quoted.Append("\\^\"");
            start = end + 1;
        }

        return quoted.ToString();
    }

    /// <summary>Splits at white space outside quotes. A backslash escapes the next character, except in single quotes.</summary>
    /// <param name="command">The command.</param>
    /// <exception cref="DeploymentException">A quote is not closed.</exception>
    public static List<string> Split(string command)
    {
        var arguments = CommandSplitter.Split(command, out var openQuote);
        return openQuote is null ? arguments : throw new DeploymentException($"The start command has an opening quote ({openQuote}) without a closing one.");
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
