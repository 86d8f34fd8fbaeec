using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace AppRunner.Module.Tests.Support;

/// <summary>The module as it is staged for users: the tests see its dlls and no others.</summary>
internal static class StagedModule
{
    public static string Folder { get; } = typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "StagedModule").Value!;

    public static string Manifest { get; } = Path.Combine(Folder, "AppRunner.psd1");

    /// <summary>The repository that it was built from.</summary>
    public static string Source { get; } = Path.GetFullPath(Path.Combine(Folder, "..", ".."));

    // The tests name types of the Model: they must be those that the module loads, or no cast would succeed.
#pragma warning disable CA2255 // The advice is for libraries; nothing else comes before the first type of the Model is needed.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void LoadModelFromThere() => AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        wanted.Name == "AppRunner.Model" ? context.LoadFromAssemblyPath(Path.Combine(Folder, wanted.Name + ".dll")) : null;
}
