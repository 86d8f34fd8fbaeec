using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace AppRunner.Benchmarks;

/// <summary>A warmed-up PowerShell engine: it has run scripts and bound parameters.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Runspace runspace;

    public Engine()
    {
        runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Run("$PSVersionTable; Get-Module | Out-Null; @{ a = 1 } | ForEach-Object { $_.a } | Where-Object { $_ -gt 0 }; Get-Command -Name Get-Module -Module Microsoft.PowerShell.Core | Out-Null");
    }

    public static string ModulePath { get; } = FindModule();

    public Collection<PSObject> Run(string script)
    {
        using var shell = PowerShell.Create(runspace);
        var output = shell.AddScript(script).Invoke();
        return shell.HadErrors ? throw new InvalidOperationException(shell.Streams.Error[0].ToString()) : output;
    }

    public void Import() => Run($"Import-Module '{ModulePath}'");

    public void Dispose() => runspace.Dispose();

    private static string FindModule()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var module = Path.Combine(folder.FullName, "out", "AppRunner");
            if (Directory.Exists(module))
                return module;
        }

        throw new DirectoryNotFoundException("out/AppRunner: build the solution first.");
    }
}
