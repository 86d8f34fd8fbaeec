#requires -Version 7.4
# A local endpoint in a separate process: Suite.ps1 starts it, sends commands as lines of JSON, and closes its input to stop it.
[CmdletBinding()]
param(
    # The module.
    [string]$Module,

    # The parameters of Start-ARLocalEndpoint, as JSON.
    [string]$Option
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$options = ConvertFrom-Json $Option -AsHashtable
$endpoint = Start-ARLocalEndpoint @options
[Console]::Out.WriteLine(($endpoint | Select-Object EndpointUrl, Port, Region, AccountId, AccessKey, SecretKey | ConvertTo-Json -Compress))
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $command = @(ConvertFrom-Json $line)
    $result = try {
        switch ($command[0]) {
            SetNextOutcome { $endpoint.SetNextOutcome($command[1], $command[2], $command[3]); @{ Value = $null; Error = $null } }
            ApproveConnection { $endpoint.ApproveConnection($command[1]); @{ Value = $null; Error = $null } }
            RequestCount { @{ Value = $endpoint.RequestCount; Error = $null } }
        }
    }
    catch { @{ Value = $null; Error = "$_" } }
    [Console]::Out.WriteLine((ConvertTo-Json $result -Compress))
}

Stop-ARLocalEndpoint
