using System;
using System.Linq;
using AppRunner.LocalEndpoint.Execution.Processes;

namespace AppRunner.LocalEndpoint.Execution.Containers;

/// <summary>
/// Which variables of a service can be passed on by the environment of Docker's or Podman's program. There nobody else can read them, as
/// the program's arguments can be.
/// </summary>
internal static class ContainerVariables
{
    // What the programs look at: their engine and storage, the user's settings and registries, the bus and the keys that lead to an engine.
    private static readonly string[] EnginePrefixes = ["DOCKER_", "CONTAINER", "PODMAN_", "XDG_"];
    private static readonly string[] EngineNames = ["STORAGE_DRIVER", "STORAGE_OPTS", "REGISTRY_AUTH_FILE", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK"];

    // What changes any program, or is changed by the shell that leads its process group. Podman hands proxies on by itself.
    private static readonly string[] OtherPrefixes = ["LD_", "DYLD_", "SSL_CERT_", "LISTEN_", "BASH"];
    private static readonly string[] OtherNames = ["NOTIFY_SOCKET", "PWD", "OLDPWD", "SHLVL", "SHELLOPTS", "OPTIND", "PPID", "IFS", "_"];

    /// <summary>Whether a variable says how the program works.</summary>
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
