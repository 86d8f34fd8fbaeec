using System.Management.Automation;
using AppRunner.Connections;

namespace AppRunner.Loading;

/// <summary>What happens when the module comes and goes.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Called at every import.</summary>
    public void OnImport() => PrivateAssemblies.HookDesktop();

    /// <summary>Called when the module is removed from a runspace: its local endpoint goes with it.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionContext.Current.Dispose();
}
