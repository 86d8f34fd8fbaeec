using System.Collections.Generic;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A name cannot be a plain variable and a secret at once.</summary>
internal static class EnvironmentOverlap
{
    public static Problem? Check(Dictionary<string, string>? variables, Dictionary<string, string>? secrets)
    {
        if (variables is null || secrets is null)
            return null;
        var both = variables.Keys.Count(secrets.ContainsKey);
        return both == 0 ? null : new Problem("RuntimeEnvironmentSecrets", $"has {both} name(s) that RuntimeEnvironmentVariables has too.");
    }
}
