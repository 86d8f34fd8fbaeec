using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace AppRunner.Shell.Execution;

/// <summary>What is there before the first command: the engine's own commands and the shell's.</summary>
internal static class SessionDefaults
{
    public static InitialSessionState Create()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = false;
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(type => !type.IsAbstract))
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is not { } cmdlet)
                continue;
            // The usual aliases (select, ft, echo, …) are the engine's own and point at these names already.
            state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null));
        }

        return state;
    }
}
