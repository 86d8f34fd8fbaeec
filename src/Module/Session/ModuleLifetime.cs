using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using AppRunner.Loading;
using Microsoft.PowerShell.Commands;

namespace AppRunner.Session;

/// <summary>Runs code when the module is imported and removed.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Called at every import.</summary>
    public void OnImport() => PrivateAssemblies.HookDesktop();

    /// <summary>Called when the module is removed from a runspace. Stops the local endpoints of the runspace.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // Import-Module -Force, which many scripts start with, also removes the module before it imports it again: that must not stop local endpoints.
        if (!IsImporting())
            SessionContext.Current.Dispose();
    }

    // There is no other way to find the command that removes the module.
    private static bool IsImporting() =>
        new StackTrace().GetFrames().Any(frame => frame.GetMethod()?.DeclaringType is { } type && typeof(ImportModuleCommand).IsAssignableFrom(type));
}
