# Many services at once: rows of a table become services, sent concurrently, waited for together, and removed by one pipeline.
# Runs on a local App Runner, without an AWS account.

$ErrorActionPreference = 'Stop'

# The module that 'dotnet build' has made, else the one that is installed.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

$local = Start-ARLocalEndpoint -OperationDuration 2

try {
    # The same columns could come from Import-Csv or ConvertFrom-Json. The third row is wrong on purpose.
    $rows = @'
ServiceName,ImageIdentifier,Port,Cpu,Memory,EnvironmentVariable,Tag
shop-web,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,1 vCPU,2 GB,STAGE=dev;COLOR=blue,env=dev;team=shop
shop-api,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,0.25 vCPU,0.5 GB,STAGE=dev,env=dev;team=shop
shop-jobs,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,0.25 vCPU,12 GB,,env=dev;team=jobs
shop-docs,public.ecr.aws/aws-containers/hello-app-runner:latest,8000,0.25 vCPU,1 GB,,env=dev;team=docs
'@ | ConvertFrom-Csv

    Write-Host 'Four rows, one of them bad. It is named, and it does not stop the others:'
    $rows | New-ARService -ThrottleLimit 4 -Wait -ErrorAction Continue -ErrorVariable problems

    Write-Host "`n$($problems.Count) row(s) failed with: $($problems.FullyQualifiedErrorId)`n"

    Write-Host 'A change for each of several services, from hashtables:'
    @(
        @{ ServiceName = 'shop-web'; Memory = '4 GB' }
        @{ ServiceName = 'shop-api'; HealthCheckConfiguration = @{ Protocol = 'HTTP'; Path = '/health' } }
    ) | Update-ARService -Wait | Format-List ServiceName, Status, InstanceConfiguration, HealthCheckConfiguration

    Write-Host 'Gone again, all of them at once:'
    Get-ARService shop-* | Remove-ARService -ThrottleLimit 4 -Wait -Confirm:$false
}
finally {
    $local | Stop-ARLocalEndpoint
}
