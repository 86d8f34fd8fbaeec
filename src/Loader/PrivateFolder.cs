using System;
using System.Reflection;

namespace AppRunner.Loader;

/// <summary>Opens a folder of private assemblies, without showing the load context to those who call.</summary>
public static class PrivateFolder
{
    /// <summary>Makes a load context over a folder.</summary>
    /// <param name="folder">Absolute path of the folder.</param>
    /// <returns>Loads an assembly of the folder by its simple name.</returns>
    public static Func<string, Assembly> Open(string folder) => new PrivateLoadContext(folder).LoadByName;
}
