using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using AppRunner.Loader;
using AppRunner.Model;

namespace AppRunner.Loading;

/// <summary>
/// Creates objects from the assemblies in the module's private folder. On PowerShell 7 they load into a private AssemblyLoadContext; Windows
/// PowerShell has no load contexts, so there they load by simple name on demand.
/// </summary>
internal static class PrivateAssemblies
{
    private static readonly string ModuleFolder = Path.GetDirectoryName(typeof(PrivateAssemblies).Assembly.Location)!;
    private static readonly Lazy<IAppRunnerConnector> ClientConnector = new(() => Create<IAppRunnerConnector>("AppRunner.Client", "AppRunner.Client.AppRunnerConnector"));
    private static readonly Lazy<ILocalEndpointStarter> EndpointStarter = new(() => Create<ILocalEndpointStarter>("AppRunner.LocalEndpoint", "AppRunner.LocalEndpoint.LocalEndpointStarter"));
    private static readonly Lazy<IServiceExporter> Exporter = new(() => Create<IServiceExporter>("AppRunner.Export", "AppRunner.Export.ServiceExporter"));
    private static readonly Lazy<ISourceFileReader> FileReader = new(() => Create<ISourceFileReader>("AppRunner.SourceFile", "AppRunner.SourceFile.SourceFileReader"));
    private static readonly Lazy<Func<string, Assembly>> Load = new(MakeLoad);
    private static int hooked;

    /// <summary>Connects to AWS.</summary>
    public static IAppRunnerConnector Connector => ClientConnector.Value;

    /// <summary>Whether <see cref="Connector"/> is already loaded.</summary>
    public static bool IsConnectorLoaded => ClientConnector.IsValueCreated;

    /// <summary>Makes a call that is not sent.</summary>
    public static IRehearsal Rehearsal => Create<IRehearsal>("AppRunner.Client", "AppRunner.Client.Rehearsal");

    /// <summary>Starts local endpoints.</summary>
    public static ILocalEndpointStarter LocalEndpointStarter => IsDesktop
        ? throw new LocalEndpointException("The local endpoint requires PowerShell 7.4 or later. In Windows PowerShell, use -EndpointUrl, -AccessKey and -SecretKey to connect to an endpoint in another process.")
        : EndpointStarter.Value;

    /// <summary>Converts services to the files of other tools.</summary>
    public static IServiceExporter ServiceExporter => Exporter.Value;

    /// <summary>Reads apprunner.yaml.</summary>
    public static ISourceFileReader SourceFileReader => FileReader.Value;

    /// <summary>Whether this is Windows PowerShell.</summary>
    public static bool IsDesktop { get; } = typeof(object).Assembly.GetName().Name == "mscorlib";

    /// <summary>On Windows PowerShell, resolves the Model's JSON library from the private folder. Does nothing on PowerShell 7.</summary>
    public static void HookDesktop()
    {
        if (IsDesktop && System.Threading.Interlocked.Exchange(ref hooked, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += (_, args) => ResolveDesktop(args);
    }

    private static Assembly? ResolveDesktop(ResolveEventArgs args)
    {
        // Only for this module's assemblies: do not resolve for other modules.
        var requester = args.RequestingAssembly?.Location;
        if (string.IsNullOrEmpty(requester) || !requester!.StartsWith(ModuleFolder, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = Path.Combine(ModuleFolder, "private", "desktop", new AssemblyName(args.Name).Name + ".dll");
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

    // Not inlined: JIT compilation of this method loads AppRunner.Loader.dll, which Windows PowerShell cannot load.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Func<string, Assembly> ContextLoad() => PrivateAssemblyFolder.Open(Path.Combine(ModuleFolder, "private", "core"));
}
