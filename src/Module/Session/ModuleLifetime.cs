using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using AppRunner.Loading;
using Microsoft.PowerShell.Commands;

namespace AppRunner.Session;

/// <summary>What happens when the module comes and goes.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Called at every import.</summary>
    public void OnImport() => PrivateAssemblies.HookDesktop();

    /// <summary>Called when the module is removed from a runspace: its local endpoint goes with it.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // Import-Module -Force removes the module too, to import it again at once, and stands at the top of many scripts: services that run must not vanish by it.
        if (!IsImporting())
            SessionContext.Current.Dispose();
    }

    // Nothing else tells who removes the module.
    private static bool IsImporting() =>
        new StackTrace().GetFrames().Any(frame => frame.GetMethod()?.DeclaringType is { } type && typeof(ImportModuleCommand).IsAssignableFrom(type));
}
