# Create, change and delete many services at the same time, from the rows of a table.
# Runs on a local App Runner, without an AWS account.

$ErrorActionPreference = 'Stop'

# Use the module that 'dotnet build' made, else the installed one.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

$local = Start-ARLocalEndpoint -OperationDuration 2

try {
    # With a file, use Import-Csv. The third row is invalid on purpose.
    $rows = @'
ServiceName,ImageIdentifier,Port,Cpu,Memory,EnvironmentVariable,Tag
shop-web,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,1 vCPU,2 GB,STAGE=dev;COLOR=blue,env=dev;team=shop
shop-api,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,0.25 vCPU,0.5 GB,STAGE=dev,env=dev;team=shop
shop-jobs,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,0.25 vCPU,12 GB,,env=dev;team=jobs
shop-docs,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,0.25 vCPU,1 GB,,env=dev;team=docs
'@ | ConvertFrom-Csv

    Write-Host 'Four rows, one of them invalid. The error names it, and the other services are created:'
    $rows | New-ARService -ThrottleLimit 4 -Wait -ErrorAction Continue -ErrorVariable problems

    Write-Host "`n$($problems.Count) row(s) failed with: $($problems.FullyQualifiedErrorId)`n"

    Write-Host 'Change several services, each in its own way:'
    @(
        @{ ServiceName = 'shop-web'; Memory = '4 GB' }
        @{ ServiceName = 'shop-api'; HealthCheckConfiguration = @{ Protocol = 'HTTP'; Path = '/health' } }
    ) | Update-ARService -Wait | Format-List ServiceName, Status, InstanceConfiguration, HealthCheckConfiguration

    Write-Host 'Delete all services at the same time:'
    Get-ARService shop-* | Remove-ARService -ThrottleLimit 4 -Wait -Confirm:$false
}
finally {
    $local | Stop-ARLocalEndpoint
}
