using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using AppRunner.Loader;
using AppRunner.Model;

namespace AppRunner.Loading;

/// <summary>
/// Makes objects from dlls that lie in the module's private folder. On PowerShell 7 they load into a context of their own; Windows
/// PowerShell has none, so there they load by simple name on demand.
/// </summary>
internal static class PrivateAssemblies
{
    private static readonly string ModuleFolder = Path.GetDirectoryName(typeof(PrivateAssemblies).Assembly.Location)!;
    private static readonly Lazy<IAppRunnerConnector> ClientConnector = new(() => Create<IAppRunnerConnector>("AppRunner.Client", "AppRunner.Client.AppRunnerConnector"));
    private static readonly Lazy<ILocalEndpointStarter> EndpointStarter = new(() => Create<ILocalEndpointStarter>("AppRunner.LocalEndpoint", "AppRunner.LocalEndpoint.LocalEndpointStarter"));
    private static readonly Lazy<ISourceFileReader> FileReader = new(() => Create<ISourceFileReader>("AppRunner.SourceFile", "AppRunner.SourceFile.SourceFileReader"));
    private static readonly Lazy<Func<string, Assembly>> Load = new(MakeLoad);
    private static int hooked;

    /// <summary>How requests reach AWS.</summary>
    public static IAppRunnerConnector Connector => ClientConnector.Value;

    /// <summary>Whether <see cref="Connector"/> answers at once.</summary>
    public static bool IsConnectorLoaded => ClientConnector.IsValueCreated;

    /// <summary>What starts local endpoints.</summary>
    public static ILocalEndpointStarter LocalEndpointStarter => IsDesktop
        ? throw new LocalEndpointException("The local endpoint needs PowerShell 7.4 or newer; Windows PowerShell can use one that runs in another process by -EndpointUrl, -AccessKey and -SecretKey.")
        : EndpointStarter.Value;

    /// <summary>What reads apprunner.yaml.</summary>
    public static ISourceFileReader SourceFileReader => FileReader.Value;

    private static bool IsDesktop { get; } = typeof(object).Assembly.GetName().Name == "mscorlib";

    /// <summary>On Windows PowerShell, lets the Model find its JSON library in the private folder. Nothing to do elsewhere.</summary>
    public static void HookDesktop()
    {
        if (IsDesktop && System.Threading.Interlocked.Exchange(ref hooked, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => ResolveDesktop(wanted);
    }

    private static Assembly? ResolveDesktop(ResolveEventArgs wanted)
    {
        // Only for what we brought: another module's missing dll is its own matter.
        var asker = wanted.RequestingAssembly?.Location;
        if (string.IsNullOrEmpty(asker) || !asker!.StartsWith(ModuleFolder, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = Path.Combine(ModuleFolder, "private", "desktop", new AssemblyName(wanted.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }

    private static T Create<T>(string assembly, string type)
        where T : class => (T)Activator.CreateInstance(Load.Value(assembly).GetType(type, throwOnError: true)!)!;

    private static Func<string, Assembly> MakeLoad()
    {
        if (!IsDesktop)
            return ContextLoad();
        HookDesktop();
        return name => Assembly.LoadFrom(Path.Combine(ModuleFolder, "private", "desktop", name + ".dll"));
    }

    // Not inlined: merely compiling this would load the dll that Windows PowerShell cannot have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Func<string, Assembly> ContextLoad() => PrivateAssemblyFolder.Open(Path.Combine(ModuleFolder, "private", "core"));
}
