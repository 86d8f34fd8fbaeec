using System;
using System.IO;

namespace AppRunner.Module.Tests.Loading;

/// <summary>Other modules' copies of the libraries that this one brings.</summary>
internal static class OtherCopy
{
    /// <summary>The script that loads one as an import does: into the context that all modules share.</summary>
    /// <param name="package">Package and version, such as <c>awssdk.core/4.0.3.3</c>.</param>
    /// <param name="assembly">The assembly's name.</param>
    public static string Load(string package, string assembly) =>
        $"$null = [System.Reflection.Assembly]::LoadFrom('{Path.Combine(AppContext.BaseDirectory, "Copies", package, assembly + ".dll")}')\n";
}
