# Make the services of one environment as the files of this repository say.
#
#   pwsh examples/deploy.ps1                               on the local App Runner, to try it
#   pwsh examples/deploy.ps1 -Environment prod -Region eu-west-1          on AWS: creates and updates what differs
#   pwsh examples/deploy.ps1 -Environment prod -Region eu-west-1 -Check   on AWS: only shows what differs
#
# Exit codes: 0 the services are as defined, 1 something failed, 2 (-Check) something differs.
# deploy-workflow.yml beside this file calls it in GitHub Actions.

param(
    [string] $Environment = 'test',
    [string] $Region,
    [string] $Path = (Join-Path $PSScriptRoot 'services/*.json'),
    [switch] $Check
)

$ErrorActionPreference = 'Stop'

# Use the module that 'dotnet build' made, else the installed one.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

$local = $null
if ($Region) { Set-ARContext -Region $Region } else { $local = Start-ARLocalEndpoint }

# What is the same everywhere is in the files; what differs between the environments is here.
$definition = @{ Path = $Path; EnvironmentVariable = @{ STAGE = $Environment }; Tag = @{ env = $Environment } }

try {
    $differences = Compare-ARService @definition
    $differences | Out-Host
    if ($Check) { exit ($differences ? 2 : 0) }

    # An invalid file or a failed operation does not stop the others; every error counts at the end.
    $services = Publish-ARService @definition -ThrottleLimit 8 -Wait -ErrorAction Continue -ErrorVariable failures
    $services | Format-Table ServiceName, Action, Status | Out-Host
    if ($failures) { exit 1 }
}
catch {
    Write-Host "FAILED: $_"
    exit 1
}
finally {
    if ($local) { $local | Stop-ARLocalEndpoint }
}
exit 0
