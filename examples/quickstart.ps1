# From a hashtable to a running service, on this computer, without an AWS account.
#
#   dotnet run --project src/Shell -- examples/quickstart.ps1     with the .NET SDK alone
#   pwsh examples/quickstart.ps1                                  with PowerShell 7.4 or newer

$ErrorActionPreference = 'Stop'

if (-not (Get-Module -Name AppRunner)) {
    $built = "$PSScriptRoot/../out/AppRunner"
    if ([System.IO.Directory]::Exists($built)) { Import-Module $built } else { Import-Module AppRunner }
}

# A local App Runner: it speaks the real API on loopback, and it only simulates: nothing is built or run.
# While it runs, all cmdlets of this session use it. Leave this line out, and the same script talks to AWS.
$local = Start-ARLocalEndpoint -OperationDuration 3
Write-Host "Local App Runner at $($local.EndpointUrl)`n"

try {
    # Settings are objects or hashtables, whichever you have at hand. Try a typo in a key: the error says where, and what you meant.
    $health = New-ARHealthCheckConfig -Protocol HTTP -Path /health -Interval 10
    $definition = @{
        ServiceName              = 'quickstart'
        ImageIdentifier          = 'public.ecr.aws/aws-containers/hello-app-runner:latest'
        Port                     = 8000
        EnvironmentVariable      = @{ GREETING = 'hello' }
        HealthCheckConfiguration = $health
        InstanceConfiguration    = @{ Cpu = '1 vCPU'; Memory = '2 GB' }
        Tag                      = @{ env = 'dev' }
    }

    Write-Host 'Create, and wait until it really runs:'
    $definition | New-ARService -Wait

    Write-Host 'A second one, copied from the first under another name:'
    Get-ARService quickstart | New-ARService -ServiceName quickstart-copy | Wait-AROperation

    Write-Host 'List:'
    Get-ARService

    Write-Host 'Update: only what is given changes, everything else stays:'
    Update-ARService quickstart -Memory '4 GB' -HealthCheckConfiguration @{ Interval = 5 } -Wait | Format-List

    Write-Host 'Put everything to sleep at once:'
    Get-ARService | Suspend-ARService -Wait

    Write-Host 'What happened to it:'
    Get-AROperation quickstart | Format-Table

    Write-Host 'Delete both:'
    Get-ARService quickstart* | Remove-ARService -Confirm:$false -Wait
}
finally {
    $local | Stop-ARLocalEndpoint
}
