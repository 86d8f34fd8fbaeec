# Makes the services of several regions as the files say, all regions at the same time: one thread job for each region.
#
#   pwsh examples/automation/parallel-regions.ps1                                       on the local App Runner, to try it
#   pwsh examples/automation/parallel-regions.ps1 -OnAws -Region eu-west-1, us-east-1   on AWS
#
# Exit codes: 0 the services of all regions are as defined, 1 something failed.

param(
    [string[]] $Region = @('eu-west-1', 'us-east-1'),
    [string] $Path = (Join-Path $PSScriptRoot '../services/*.json'),
    [switch] $OnAws
)

$ErrorActionPreference = 'Stop'

# Use the module that 'dotnet build' made, else the installed one.
$built = Join-Path $PSScriptRoot ../../out/AppRunner
$module = (Get-Module AppRunner)?.Path ?? ((Test-Path $built) ? $built : 'AppRunner')
Import-Module $module

$local = $OnAws ? $null : (Start-ARLocalEndpoint)
try {
    $jobs = foreach ($each in $Region) {
        # A thread job has a runspace of its own: it inherits neither the defaults of Set-ARContext nor $ErrorActionPreference.
        Start-ThreadJob -Name $each -ThrottleLimit 8 {
            $ErrorActionPreference = 'Stop'
            Import-Module $using:module
            Set-ARContext -Region $using:each
            Publish-ARService -Path $using:Path -ThrottleLimit 8 -Wait -ErrorAction Continue
        }
    }

    # The services are live objects, as without a job. A job that an error ended is Failed; one with other errors has them in its error stream.
    Wait-Job $jobs | Out-Null
    $services = Receive-Job $jobs -ErrorAction SilentlyContinue -ErrorVariable failures
    $services | Format-Table Region, ServiceName, Action, Status | Out-Host
    $failures | ForEach-Object { Write-Host "FAILED: $_" }
    Remove-Job $jobs
    if ($failures) { exit 1 }
}
finally {
    if ($local) { $local | Stop-ARLocalEndpoint }
}
exit 0
