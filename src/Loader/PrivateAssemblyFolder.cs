using System;
using System.Reflection;

namespace AppRunner.Loader;

/// <summary>Opens a folder of private assemblies. Callers do not reference the load context type.</summary>
public static class PrivateAssemblyFolder
{
    /// <summary>Creates a load context for a folder.</summary>
    /// <param name="folder">Absolute path of the folder.</param>
    /// <returns>A function that loads an assembly of the folder by its simple name.</returns>
    public static Func<string, Assembly> Open(string folder) => new PrivateLoadContext(folder).LoadByName;
}
