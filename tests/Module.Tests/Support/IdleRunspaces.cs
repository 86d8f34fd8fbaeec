using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace AppRunner.Module.Tests.Support;

/// <summary>
/// A pool of runspaces with the staged module, because creating one takes longer than most tests. Between two tests the state is
/// reset: variables, location, functions, defaults of Set-ARContext, local endpoints, the host.
/// </summary>
internal static class IdleRunspaces
{
    private static readonly ConcurrentBag<(Runspace Runspace, RecordingHost Host)> Idle = [];
    private static readonly ConcurrentDictionary<Guid, HashSet<string>> FirstFunctions = new();

    /// <summary>A runspace that no other test uses.</summary>
    public static (Runspace Runspace, RecordingHost Host) Take() => Idle.TryTake(out var idle) ? idle : New();

    /// <summary>Returns a runspace to the pool; one that cannot be reset is closed.</summary>
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

        // What Remove-Module calls: stops the endpoints, and clears defaults and names.
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
