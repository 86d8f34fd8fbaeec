using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace AppRunner.Module.Tests.Support;

/// <summary>The staged module: the tests use its assemblies and no others.</summary>
internal static class StagedModule
{
    public static string Folder { get; } = typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "StagedModule").Value!;

    public static string Manifest { get; } = Path.Combine(Folder, "AppRunner.psd1");

    /// <summary>The repository that it was built from.</summary>
    public static string Source { get; } = Path.GetFullPath(Path.Combine(Folder, "..", ".."));

    // The tests use types of the Model: they must be from the assembly that the module loads, else casts fail.
#pragma warning disable CA2255 // The rule is for libraries; here the handler must be registered before the first type of the Model is used.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void LoadModelFromThere() => AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        wanted.Name == "AppRunner.Model" ? context.LoadFromAssemblyPath(Path.Combine(Folder, wanted.Name + ".dll")) : null;
}
