using System.Collections.Generic;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>What a program's settings have in common, whether it comes from an image or from source code.</summary>
internal static class RunSettings
{
    /// <summary>The port that App Runner sends requests to where none is given.</summary>
    public const string DefaultPort = "8080";

    /// <summary>The settings on one line, with only the number of what must not be shown.</summary>
    public static string Summary(string? port, Dictionary<string, string>? variables, Dictionary<string, string>? secrets) =>
        $"port {port ?? DefaultPort}, {variables?.Count ?? 0} variables, {secrets?.Count ?? 0} secrets";

    /// <summary>The problem where a name is both a plain variable and a secret; else null.</summary>
    public static Problem? NamesGivenTwice(Dictionary<string, string>? variables, Dictionary<string, string>? secrets)
    {
        if (variables is null || secrets is null)
            return null;
        var both = variables.Keys.Count(secrets.ContainsKey);
        return both == 0 ? null : new Problem("RuntimeEnvironmentSecrets", $"has {both} name(s) that RuntimeEnvironmentVariables has too.");
    }
}
