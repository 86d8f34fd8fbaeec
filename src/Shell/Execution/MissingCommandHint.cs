using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace AppRunner.Shell.Execution;

/// <summary>
/// Tells, once and below the error, that a command which every PowerShell has is missing here for a reason.
/// </summary>
internal sealed class MissingCommandHint
{
    private static readonly FrozenSet<string> StandardCommands = new[]
    {
        // Microsoft.PowerShell.Utility
        "Add-Member", "Add-Type", "Clear-Variable", "Compare-Object", "ConvertFrom-Csv", "ConvertFrom-Json", "ConvertFrom-Markdown", "ConvertFrom-SddlString",
        "ConvertFrom-StringData", "ConvertTo-CliXml", "ConvertFrom-CliXml", "ConvertTo-Csv", "ConvertTo-Html", "ConvertTo-Json", "ConvertTo-Xml", "Debug-Runspace",
        "Disable-PSBreakpoint", "Disable-RunspaceDebug", "Enable-PSBreakpoint", "Enable-RunspaceDebug", "Export-Alias", "Export-Clixml", "Export-Csv",
        "Export-FormatData", "Export-PSSession", "Format-Custom", "Format-Hex", "Format-List", "Format-Table", "Format-Wide", "Get-Alias", "Get-Culture",
        "Get-Date", "Get-Error", "Get-Event", "Get-EventSubscriber", "Get-FileHash", "Get-FormatData", "Get-Host", "Get-MarkdownOption", "Get-Member",
        "Get-PSBreakpoint", "Get-PSCallStack", "Get-Random", "Get-Runspace", "Get-RunspaceDebug", "Get-SecureRandom", "Get-TraceSource", "Get-TypeData",
        "Get-UICulture", "Get-Unique", "Get-Uptime", "Get-Variable", "Get-Verb", "Group-Object", "Import-Alias", "Import-Clixml", "Import-Csv",
        "Import-LocalizedData", "Import-PowerShellDataFile", "Import-PSSession", "Invoke-Expression", "Invoke-RestMethod", "Invoke-WebRequest", "Join-String",
        "Measure-Command", "Measure-Object", "New-Alias", "New-Event", "New-Guid", "New-Object", "New-TemporaryFile", "New-TimeSpan", "New-Variable", "Out-File",
        "Out-GridView", "Out-Printer", "Out-String", "Read-Host", "Register-EngineEvent", "Register-ObjectEvent", "Remove-Alias", "Remove-Event",
        "Remove-PSBreakpoint", "Remove-TypeData", "Remove-Variable", "Select-Object", "Select-String", "Select-Xml", "Send-MailMessage", "Set-Alias", "Set-Date",
        "Set-MarkdownOption", "Set-PSBreakpoint", "Set-TraceSource", "Set-Variable", "Show-Command", "Show-Markdown", "Sort-Object", "Start-Sleep", "Tee-Object",
        "Test-Json", "Trace-Command", "Unblock-File", "Unregister-Event", "Update-FormatData", "Update-List", "Update-TypeData", "Wait-Debugger", "Wait-Event",
        "Write-Debug", "Write-Error", "Write-Host", "Write-Information", "Write-Output", "Write-Progress", "Write-Verbose", "Write-Warning",
        // Microsoft.PowerShell.Management
        "Add-Content", "Clear-Content", "Clear-Item", "Clear-ItemProperty", "Clear-RecycleBin", "Convert-Path", "Copy-Item", "Copy-ItemProperty", "Debug-Process",
        "Get-ChildItem", "Get-Clipboard", "Get-ComputerInfo", "Get-Content", "Get-HotFix", "Get-Item", "Get-ItemProperty", "Get-ItemPropertyValue",
        "Get-Location", "Get-Process", "Get-PSDrive", "Get-PSProvider", "Get-Service", "Get-TimeZone", "Invoke-Item", "Join-Path", "Move-Item",
        "Move-ItemProperty", "New-Item", "New-ItemProperty", "New-PSDrive", "New-Service", "Pop-Location", "Push-Location", "Remove-Item",
        "Remove-ItemProperty", "Remove-PSDrive", "Remove-Service", "Rename-Computer", "Rename-Item", "Rename-ItemProperty", "Resolve-Path",
        "Restart-Computer", "Restart-Service", "Resume-Service", "Set-Clipboard", "Set-Content", "Set-Item", "Set-ItemProperty", "Set-Location", "Set-Service",
        "Set-TimeZone", "Split-Path", "Start-Process", "Start-Service", "Stop-Computer", "Stop-Process", "Stop-Service", "Suspend-Service", "Test-Connection",
        "Test-Path", "Wait-Process",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private string? _due;
    private bool _given;

    /// <summary>The names that the full PowerShell has in its Utility and Management modules.</summary>
    public static IReadOnlySet<string> Names => StandardCommands;

    /// <summary>Notes that a command was looked up and not found.</summary>
    public void Note(string commandName)
    {
        // The first one: by the time that the hint is shown, others may have been missed.
        if (!_given && _due is null && StandardCommands.TryGetValue(commandName, out var name))
            _due = name;
    }

    /// <summary>The hint to show now, or null; it is given once.</summary>
    public string? Take()
    {
        if (_due is null || _given)
            return null;
        _given = true;
        return $"{_due} is part of the full PowerShell. This shell is PowerShell's engine with the AppRunner module, not a full PowerShell: for everything else use pwsh and Import-Module AppRunner.";
    }
}
