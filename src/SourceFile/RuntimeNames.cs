using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.SourceFile;

/// <summary>The runtimes' names in apprunner.yaml: the API's in small letters, without what joins them (PYTHON_311 is python311).</summary>
internal static class RuntimeNames
{
    // These are built as App Runner built at first; newer ones by the revised build, which alone knows pre-run.
    private static readonly string[] OriginallyBuilt =
    [
        Runtime.Python3, Runtime.NodeJs12, Runtime.NodeJs14, Runtime.NodeJs16, Runtime.Corretto8, Runtime.Corretto11,
        Runtime.DotNet6, Runtime.Go1, Runtime.Php81, Runtime.Ruby31,
    ];

    private static readonly Dictionary<string, string> ToApi =
        OneOfAttribute.ValuesOf(typeof(Runtime)).ToDictionary(name => name.Replace("_", string.Empty).ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>All known names.</summary>
    public static IReadOnlyCollection<string> All => ToApi.Keys;

    /// <summary>What the API calls a runtime; null for one that is not known.</summary>
    public static string? ApiNameOf(string name) => ToApi.TryGetValue(name, out var known) ? known : null;

    /// <summary>Whether a runtime is surely built without the commands of pre-run.</summary>
    public static bool IgnoresPreRun(string name) => ApiNameOf(name) is { } known && OriginallyBuilt.Contains(known);
}
