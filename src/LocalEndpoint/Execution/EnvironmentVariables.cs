using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution;

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

/// <summary>
/// Which variables of a service can be passed on by the environment of Docker's or Podman's program. There nobody else can read them, as
/// the program's arguments can be.
/// </summary>
internal static class ContainerVariables
{
    // What the programs read: their engine and storage, the user's settings and registries, the bus and the keys that lead to an engine.
    private static readonly string[] EnginePrefixes = ["DOCKER_", "CONTAINER", "PODMAN_", "XDG_"];
    private static readonly string[] EngineNames = ["STORAGE_DRIVER", "STORAGE_OPTS", "REGISTRY_AUTH_FILE", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK"];

    // What changes any program, or is changed by the shell that leads its process group. Podman hands proxies on by itself.
    private static readonly string[] OtherPrefixes = ["LD_", "DYLD_", "SSL_CERT_", "LISTEN_", "BASH"];
    private static readonly string[] OtherNames = ["NOTIFY_SOCKET", "PWD", "OLDPWD", "SHLVL", "SHELLOPTS", "OPTIND", "PPID", "IFS", "_"];

    /// <summary>Whether a variable configures the program.</summary>
    public static bool IsOfEngine(string variable) => Is(variable, EnginePrefixes, EngineNames);

    /// <summary>Whether a variable reaches the container by the program's environment, without changing what the program does.</summary>
    public static bool IsFree(string variable) =>
        IsShellName(variable) && !IsOfEngine(variable) && !Is(variable, OtherPrefixes, OtherNames) && !SessionEnvironment.IsKept(variable)
        && !variable.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);

    // A shell drops other names from what it hands on.
    private static bool IsShellName(string variable) =>
        variable.Length > 0 && !char.IsAsciiDigit(variable[0]) && variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool Is(string variable, string[] prefixes, string[] names) =>
        prefixes.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || names.Contains(variable, StringComparer.OrdinalIgnoreCase);
}
