using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.SourceFile;

/// <summary>The names of the runtimes in apprunner.yaml: the API's names in lower case without underscores (PYTHON_311 is python311).</summary>
internal static class RuntimeNames
{
    private static readonly Dictionary<string, string> ToApi =
        OneOfAttribute.ValuesOf(typeof(Runtime)).ToDictionary(name => name.Replace("_", string.Empty).ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>All known names.</summary>
    public static IReadOnlyCollection<string> All => ToApi.Keys;

    /// <summary>The API's name of a runtime; null if it is unknown.</summary>
    public static string? ApiNameOf(string name) => ToApi.TryGetValue(name, out var known) ? known : null;

    /// <summary>Whether the build of a runtime is known to ignore pre-run.</summary>
    public static bool IgnoresPreRun(string name) => ApiNameOf(name) is { } known && !RunSettingRules.IsRevisedBuild(known);

    /// <summary>Whether a runtime is known to use the revised build, which copies only the source directory into the running image.</summary>
    public static bool IsRevisedBuild(string name) => RunSettingRules.IsRevisedBuild(ApiNameOf(name));

    /// <summary>The version of the language that a known runtime has, such as 3.11 of python311 and 18 of nodejs18; null if the runtime is unknown.</summary>
    public static string? VersionOf(string name)
    {
        if (ApiNameOf(name) is not { } known)
            return null;
        var digits = known.Substring(known.IndexOf('_') + 1);
        return digits.Length > 1 && known is Runtime.Python311 or Runtime.Php81 or Runtime.Ruby31 ? digits[0] + "." + digits.Substring(1) : digits;
    }
}
