using System;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution.Sources;

/// <summary>The rules that git has for a branch's name.</summary>
internal static class BranchName
{
    private const string Forbidden = " ~^:?*[\\";

    /// <summary>The full name of a branch, such as <c>refs/heads/main</c>, which means nothing else to git.</summary>
    /// <exception cref="DeploymentFailure">No branch can be called so.</exception>
    public static string Reference(string? name)
    {
        var bad = string.IsNullOrEmpty(name)
            || name[0] is '-'
            || name.Any(c => char.IsControl(c) || Forbidden.Contains(c, StringComparison.Ordinal))
            || name.Contains("..", StringComparison.Ordinal)
            || name.Contains("@{", StringComparison.Ordinal)
            || name.Split('/').Any(part => part.Length == 0 || part[0] == '.' || part[^1] == '.' || part.EndsWith(".lock", StringComparison.Ordinal));
        return bad ? throw new DeploymentFailure($"SourceCodeVersion: no branch can be called '{name}'.") : "refs/heads/" + name;
    }
}
