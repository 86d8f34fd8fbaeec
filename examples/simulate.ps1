# Services from hashtables, copied, updated and suspended together, on a local App Runner that only simulates: nothing is built or run.
# So it takes images that this computer cannot run, and as many services as you like. quickstart.ps1 runs one for real.

$ErrorActionPreference = 'Stop'

# The module that 'dotnet build' has made, else the one that is installed.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

# It speaks the real API on loopback. While it runs, all cmdlets of this session use it. Leave this line out, and the same script
# talks to AWS.
$local = Start-ARLocalEndpoint -OperationDuration 3
Write-Host "Local App Runner at $($local.EndpointUrl)`n"

try {
    # Settings are objects or hashtables, whichever you have at hand. Try a typo in a key: the error says where, and what you meant.
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

    Write-Host 'Create, and wait until it is there:'
    $definition | New-ARService -Wait

    Write-Host 'A second one, copied from the first under another name:'
    Get-ARService hello | New-ARService -ServiceName hello-copy | Wait-AROperation

    Write-Host 'List:'
    Get-ARService

    Write-Host 'Update: only what is given changes, everything else stays:'
    Update-ARService hello -Memory '4 GB' -HealthCheckConfiguration @{ Interval = 5 } -Wait | Format-List

    Write-Host 'Put everything to sleep at once:'
    Get-ARService | Suspend-ARService -Wait

    Write-Host 'What happened to it:'
    Get-AROperation hello | Format-Table

    Write-Host 'Delete both:'
    Get-ARService hello* | Remove-ARService -Confirm:$false -Wait
}
finally {
    $local | Stop-ARLocalEndpoint
}
