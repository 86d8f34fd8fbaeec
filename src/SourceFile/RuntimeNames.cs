using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.SourceFile;

/// <summary>The names of the runtimes in apprunner.yaml: the API's names in lower case without underscores (PYTHON_311 is python311).</summary>
internal static class RuntimeNames
{
    // These runtimes use the original build. Newer ones use the revised build, which has pre-run.
    private static readonly string[] OriginalBuild =
    [
        Runtime.Python3, Runtime.NodeJs12, Runtime.NodeJs14, Runtime.NodeJs16, Runtime.Corretto8, Runtime.Corretto11,
        Runtime.DotNet6, Runtime.Go1, Runtime.Php81, Runtime.Ruby31,
    ];

    private static readonly Dictionary<string, string> ToApi =
        OneOfAttribute.ValuesOf(typeof(Runtime)).ToDictionary(name => name.Replace("_", string.Empty).ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>All known names.</summary>
    public static IReadOnlyCollection<string> All => ToApi.Keys;

    /// <summary>The API's name of a runtime; null if it is unknown.</summary>
    public static string? ApiNameOf(string name) => ToApi.TryGetValue(name, out var known) ? known : null;

    /// <summary>Whether the build of a runtime is known to ignore pre-run.</summary>
    public static bool IgnoresPreRun(string name) => ApiNameOf(name) is { } known && OriginalBuild.Contains(known);
}
