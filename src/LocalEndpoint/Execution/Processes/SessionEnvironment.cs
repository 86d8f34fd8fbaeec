using System;
using System.Collections;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>What programs get of the session's environment: what they need to run on this computer at all, and no key or token.</summary>
internal static class SessionEnvironment
{
    private static readonly string[] Kept = OperatingSystem.IsWindows()
        ? ["PATH", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "ProgramFiles", "ProgramFiles(x86)", "TEMP", "TMP", "SystemRoot", "SystemDrive", "ComSpec", "LANG"]
        : ["PATH", "HOME", "TMPDIR", "LANG"];

    /// <summary>All of it, for what is as much the user's as the session is.</summary>
    public static Dictionary<string, string> Whole
    {
        get
        {
            var environment = Empty();
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
                environment[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
            return environment;
        }
    }

    /// <summary>Whether a variable is one of those that programs get.</summary>
    public static bool IsKept(string name) => Array.Exists(Kept, kept => kept.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The kept variables with others on top.</summary>
    /// <param name="more">Variables that win over the session's, the last one of a name over those before.</param>
    public static Dictionary<string, string> With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var environment = Empty();
        foreach (var name in Kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                environment[name] = value;
        }

        foreach (var (name, value) in more)
            environment[name] = value;
        return environment;
    }
    private static Dictionary<string, string> Empty() => new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}
