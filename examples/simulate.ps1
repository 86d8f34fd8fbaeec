# Create, copy, update and pause services on a local App Runner with simulated operations: nothing is built or run, so any image works.
# quickstart.ps1 runs a service for real.

$ErrorActionPreference = 'Stop'

# Use the module that 'dotnet build' made, else the installed one.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

# While it runs, all cmdlets of this session use it. Without this line the same script uses AWS.
$local = Start-ARLocalEndpoint -OperationDuration 3
Write-Host "Local App Runner at $($local.EndpointUrl)`n"

try {
    # Use objects or hashtables. Misspell a key to see the error.
    $health = New-ARHealthCheckConfig -Protocol HTTP -Path /health -Interval 10
    $definition = @{
        ServiceName              = 'hello'
        ImageIdentifier          = 'public.ecr.aws/aws-containers/hello-app-runner:latest'
        Port                     = 8000
        EnvironmentVariable      = @{ GREETING = 'hello' }
        HealthCheckConfiguration = $health
        InstanceConfiguration    = @{ Cpu = '1 vCPU'; Memory = '2 GB' }
        Tag                      = @{ env = 'dev' }
    }

    Write-Host 'Create a service and wait until it is running:'
    $definition | New-ARService -Wait

    Write-Host 'Copy the service under another name:'
    Get-ARService hello | New-ARService -ServiceName hello-copy | Wait-AROperation

    Write-Host 'List all services:'
    Get-ARService

    Write-Host 'Update the service: only what you give is changed:'
    Update-ARService hello -Memory '4 GB' -HealthCheckConfiguration @{ Interval = 5 } -Wait | Format-List

    Write-Host 'Pause all services at the same time:'
    Get-ARService | Suspend-ARService -Wait

    Write-Host 'List the operations of the service:'
    Get-AROperation hello | Format-Table

    Write-Host 'Delete both services:'
    Get-ARService hello* | Remove-ARService -Confirm:$false -Wait
}
finally {
    $local | Stop-ARLocalEndpoint
}
