using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>What programs get of the session's environment: what they need to run on this computer at all, and no key or token.</summary>
internal static class SessionEnvironment
{
    private static readonly string[] Kept = OperatingSystem.IsWindows()
        ? ["PATH", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "ProgramFiles", "ProgramFiles(x86)", "TEMP", "TMP", "SystemRoot", "SystemDrive", "ComSpec", "LANG"]
        : ["PATH", "HOME", "TMPDIR", "LANG"];

    /// <summary>Whether a variable is one of those.</summary>
    public static bool IsKept(string name) => Array.Exists(Kept, kept => kept.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The kept variables with others on top.</summary>
    /// <param name="more">Variables that win over the session's, the last one of a name over those before.</param>
    public static Dictionary<string, string> With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var environment = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                environment[name] = value;
        }

        foreach (var (name, value) in more)
            environment[name] = value;
        return environment;
    }
}
