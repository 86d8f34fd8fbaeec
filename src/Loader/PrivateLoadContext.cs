using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace AppRunner.Loader;

/// <summary>
/// Loads what lies in one folder, and only that: AWSSDK.Core and its users get a world of their own, so that another module's
/// AWSSDK.Core, older or newer, loaded before or after, is no concern. Everything else (the Model, the framework) is shared.
/// </summary>
/// <remarks>
/// A dll of its own, because Windows PowerShell has no AssemblyLoadContext: there this dll is never touched, while a type in the
/// cmdlets' dll that derives from it would make the import fail.
/// </remarks>
internal sealed class PrivateLoadContext : AssemblyLoadContext
{
    private readonly string folder;

    /// <summary>Makes a context over a folder.</summary>
    /// <param name="folder">Absolute path of the folder.</param>
    public PrivateLoadContext(string folder)
    {
        this.folder = folder;
    }

    /// <summary>Loads an assembly of the folder by its simple name.</summary>
    /// <param name="simpleName">Such as <c>AppRunner.Client</c>.</param>
    /// <returns>The assembly.</returns>
    public Assembly LoadByName(string simpleName) => LoadFromAssemblyName(new AssemblyName(simpleName));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
