#requires -Version 7.4
# A local endpoint for tests in another process: Suite.ps1 starts it, asks by lines of JSON, and ends it by ending its input.
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
    $words = @(ConvertFrom-Json $line)
    $answer = try {
        switch ($words[0]) {
            SetNextOutcome { $endpoint.SetNextOutcome($words[1], $words[2], $words[3]); @{ Value = $null; Error = $null } }
            ApproveConnection { $endpoint.ApproveConnection($words[1]); @{ Value = $null; Error = $null } }
            RequestCount { @{ Value = $endpoint.RequestCount; Error = $null } }
        }
    }
    catch { @{ Value = $null; Error = "$_" } }
    [Console]::Out.WriteLine((ConvertTo-Json $answer -Compress))
}

Stop-ARLocalEndpoint
