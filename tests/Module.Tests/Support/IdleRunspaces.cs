using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace AppRunner.Module.Tests.Support;

/// <summary>
/// Runspaces with the staged module for one test after the other: to make one and to import the module takes longer than most tests. Between
/// two tests all is as after the import: variables, location, functions, defaults of Set-ARContext, local endpoints, the host.
/// </summary>
internal static class IdleRunspaces
{
    private static readonly ConcurrentBag<(Runspace Runspace, RecordingHost Host)> Idle = [];
    private static readonly ConcurrentDictionary<Guid, HashSet<string>> FirstFunctions = new();

    /// <summary>A runspace that nobody else uses.</summary>
    public static (Runspace Runspace, RecordingHost Host) Take() => Idle.TryTake(out var idle) ? idle : New();

    /// <summary>Gives a runspace to the next test; one that cannot be brought back to its beginning is closed.</summary>
    public static void Return(Runspace runspace, RecordingHost host)
    {
        if (TryReset(runspace))
        {
            host.Reset();
            Idle.Add((runspace, host));
        }
        else
        {
            FirstFunctions.TryRemove(runspace.InstanceId, out _);
            runspace.Dispose();
        }
    }

    private static (Runspace Runspace, RecordingHost Host) New()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        var host = new RecordingHost();
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        FirstFunctions[runspace.InstanceId] = [.. Functions(runspace)];
        return (runspace, host);
    }

    private static bool TryReset(Runspace runspace)
    {
        if (runspace.RunspaceAvailability != RunspaceAvailability.Available)
            return false;

        // What Remove-Module has the module do: it stops the endpoints, and forgets defaults and names.
        using var shell = PowerShell.Create(runspace);
        var modules = shell.AddScript("Get-Module AppRunner | ForEach-Object { [AppRunner.Session.ModuleLifetime]::new().OnRemove($_); $_ }").Invoke();
        if (modules.Count != 1 || shell.HadErrors)
            return false;
        runspace.ResetRunspaceState();
        foreach (var function in Functions(runspace).Except(FirstFunctions[runspace.InstanceId]).ToArray())
            runspace.SessionStateProxy.InvokeProvider.Item.Remove("function:" + function, recurse: false);
        return true;
    }

    private static IEnumerable<string> Functions(Runspace runspace) => runspace.SessionStateProxy.InvokeCommand.GetCommands("*", CommandTypes.Function, nameIsPattern: true)
        .Where(function => function.ModuleName.Length == 0).Select(function => function.Name);
}
