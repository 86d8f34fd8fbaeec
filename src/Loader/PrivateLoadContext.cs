using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace AppRunner.Loader;

/// <summary>
/// Loads the assemblies of one folder: AWSSDK.Core and the assemblies that use it. Another module can load another version of AWSSDK.Core.
/// All other assemblies (the Model, the framework) are shared with the default context.
/// </summary>
/// <remarks>
/// It is in a separate dll, because Windows PowerShell has no AssemblyLoadContext: this dll is not loaded there, while such a type in the
/// cmdlets' dll would make the import fail.
/// </remarks>
internal sealed class PrivateLoadContext : AssemblyLoadContext
{
    private readonly string folder;

    /// <summary>Creates a context over a folder.</summary>
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
