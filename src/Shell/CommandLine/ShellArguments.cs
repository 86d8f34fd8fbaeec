using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AppRunner.Shell.CommandLine;

/// <summary>The command line, read as pwsh reads its own.</summary>
internal sealed class ShellArguments
{
    public const string Usage = """

        Usage: dotnet run --project src/Shell -- [options] [[-File] <script> [arguments]]
               dotnet run --project src/Shell -- [options] -Command { - | <text> }

          -File, -f <script>    Run the script; everything after it goes to the script, -Name value to its parameters.
          -Command, -c <text>   Run the text and leave with 0 or 1. With - the commands are read from standard input.
          -NoLogo, -nol         Start the prompt without the banner.
          -NoExit, -noe         Stay at the prompt after the script or the text.
          -NonInteractive       Ask nothing: a prompt is an error.
          -ModulePath <folder>  Take AppRunner from this folder of modules, not from the build.
          -NoProfile, -nop      Accepted for pwsh's sake: this shell has no profiles.
          -Help, -h, -?         This text.

        All options are case-insensitive. Without a script or text the prompt starts;
        where standard input is not a terminal, commands are read from it instead.

        """;

    private ShellArguments(ShellMode mode) => Mode = mode;

    public ShellMode Mode { get; private set; }

    /// <summary>The text after -Command, or the script's full path; empty otherwise.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What follows the script on the command line.</summary>
    public IReadOnlyList<string> ScriptArguments { get; private set; } = [];

    public bool NoLogo { get; private set; }

    public bool NoExit { get; private set; }

    public bool NonInteractive { get; private set; }

    /// <summary>The folder of modules to take AppRunner from; null for what the build has staged.</summary>
    public string? ModulePath { get; private set; }

    /// <exception cref="ArgumentException">An option or script that is not there; the message is for the user.</exception>
    public static ShellArguments Parse(IReadOnlyList<string> args, bool inputRedirected)
    {
        var parsed = new ShellArguments(inputRedirected ? ShellMode.StandardInput : ShellMode.Interactive);
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            switch (OptionName(arg))
            {
                case "nologo" or "nol":
                    parsed.NoLogo = true;
                    break;
                case "noexit" or "noe":
                    parsed.NoExit = true;
                    break;
                case "noninteractive" or "noni":
                    parsed.NonInteractive = true;
                    break;
                case "noprofile" or "nop":
                    break;
                case "modulepath":
                    if (++i == args.Count)
                        throw new ArgumentException($"The path of a folder must follow {arg}.");
                    parsed.ModulePath = Path.GetFullPath(args[i]);
                    break;
                case "help" or "h" or "?":
                    parsed.Mode = ShellMode.Help;
                    return parsed;
                case "command" or "c":
                    parsed.TakeCommand(args.Skip(i + 1).ToList());
                    return parsed;
                case "file" or "f":
                    if (i + 1 == args.Count)
                        throw new ArgumentException($"The file path must follow {arg}.");
                    parsed.TakeFile(args[i + 1], args.Skip(i + 2).ToList());
                    return parsed;
                default:
                    parsed.TakeFile(arg, args.Skip(i + 1).ToList());
                    return parsed;
            }
        }

        return parsed;
    }

    private static string? OptionName(string arg)
    {
        if (arg.Length > 1 && arg[0] == '-')
            return arg[(arg[1] == '-' ? 2 : 1)..].ToLowerInvariant();
        return null;
    }

    private void TakeCommand(List<string> rest)
    {
        if (rest.Count == 0)
            throw new ArgumentException("Cannot process the command because of a missing parameter. A command must follow -Command.");
        if (rest is ["-"])
        {
            Mode = ShellMode.StandardInput;
            return;
        }

        Mode = ShellMode.Command;
        Text = string.Join(' ', rest);
    }

    private void TakeFile(string path, List<string> rest)
    {
        if (path == "-")
        {
            Mode = ShellMode.StandardInput;
            return;
        }

        if (!File.Exists(path))
        {
            throw new ArgumentException(
                $"The argument '{path}' is not recognized as the name of a script file. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.");
        }

        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"Processing -File '{path}' failed: The file does not have a '.ps1' extension. Specify a valid PowerShell script file name, and then try again.");
        Mode = ShellMode.File;
        Text = Path.GetFullPath(path);
        ScriptArguments = rest;
    }
}
