using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The environment variables that programs inherit from the session: the ones that they need on this computer, and no keys or tokens.</summary>
internal static class SessionEnvironment
{
    private static readonly string[] Inherited = OperatingSystem.IsWindows()
        ? ["PATH", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "ProgramFiles", "ProgramFiles(x86)", "TEMP", "TMP", "SystemRoot", "SystemDrive", "ComSpec", "LANG"]
        : ["PATH", "HOME", "TMPDIR", "LANG"];

    /// <summary>All variables of the session, for programs that act for the user, such as the Docker client.</summary>
    public static Dictionary<string, string> All
    {
        get
        {
            var environment = Empty();
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
                environment[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
            return environment;
        }
    }

    /// <summary>Whether programs inherit a variable.</summary>
    public static bool IsInherited(string name) => Array.Exists(Inherited, inherited => inherited.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The inherited variables with additional ones.</summary>
    /// <param name="variables">The additional variables, which replace inherited ones and earlier ones with the same name.</param>
    public static Dictionary<string, string> With(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var environment = Empty();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                environment[name] = value;
        }

        foreach (var (name, value) in variables)
            environment[name] = value;
        return environment;
    }
    private static Dictionary<string, string> Empty() => new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}

/// <summary>
/// Which variables of a service can be passed to a container through the environment of the Docker or Podman client. Other users cannot
/// read that environment, but they can read command-line arguments.
/// </summary>
internal static class ContainerVariables
{
    // Variables that configure the clients: engine, storage, registries, D-Bus and SSH agent.
    private static readonly string[] EnginePrefixes = ["DOCKER_", "CONTAINER", "PODMAN_", "XDG_"];
    private static readonly string[] EngineNames = ["STORAGE_DRIVER", "STORAGE_OPTS", "REGISTRY_AUTH_FILE", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK"];

    // Variables that affect any program, or that the shell of the process group changes. Podman passes proxy variables itself.
    private static readonly string[] OtherPrefixes = ["LD_", "DYLD_", "SSL_CERT_", "LISTEN_", "BASH"];
    private static readonly string[] OtherNames = ["NOTIFY_SOCKET", "PWD", "OLDPWD", "SHLVL", "SHELLOPTS", "OPTIND", "PPID", "IFS", "_"];

    /// <summary>Whether a variable configures the client program.</summary>
    public static bool ConfiguresEngine(string variable) => Matches(variable, EnginePrefixes, EngineNames);

    /// <summary>Whether a variable can be passed through the environment of the client program without affecting it.</summary>
    public static bool CanPassThroughEngine(string variable) =>
        IsShellName(variable) && !ConfiguresEngine(variable) && !Matches(variable, OtherPrefixes, OtherNames) && !SessionEnvironment.IsInherited(variable)
        && !variable.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);

    // A shell does not pass on variables with other names.
    private static bool IsShellName(string variable) =>
        variable.Length > 0 && !char.IsAsciiDigit(variable[0]) && variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool Matches(string variable, string[] prefixes, string[] names) =>
        prefixes.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || names.Contains(variable, StringComparer.OrdinalIgnoreCase);
}
