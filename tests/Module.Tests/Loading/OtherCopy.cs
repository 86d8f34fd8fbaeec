using System;
using System.IO;

namespace AppRunner.Module.Tests.Loading;

/// <summary>Copies of this module's libraries that other modules load.</summary>
internal static class OtherCopy
{
    /// <summary>The script that loads a copy into the default load context, as the import of a module does.</summary>
    /// <param name="package">Package and version, such as <c>awssdk.core/4.0.3.3</c>.</param>
    /// <param name="assembly">The assembly's name.</param>
    public static string Load(string package, string assembly) =>
        $"$null = [System.Reflection.Assembly]::LoadFrom('{Path.Combine(AppContext.BaseDirectory, "Copies", package, assembly + ".dll")}')\n";
}
