# An update that fails and is rolled back is an error, although the service is running again with its old configuration.
# Runs on a local App Runner, without an AWS account.

$ErrorActionPreference = 'Stop'

# Use the module that 'dotnet build' made, else the installed one.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

$local = Start-ARLocalEndpoint -OperationDuration 2

try {
    New-ARService -ServiceName shop -ImageIdentifier public.ecr.aws/aws-containers/hello-app-runner:latest -Port 8000 -Wait

    $local.SetNextOutcome('ROLLBACK_SUCCEEDED', 'UPDATE_SERVICE', 'shop')

    try {
        Update-ARService shop -Cpu '2 vCPU' -Memory '4 GB' -Wait
    }
    catch [AppRunner.Model.OperationFailedException] {
        # The error id does not change between versions. The exception has the operation and the service as it is now.
        Write-Host "Error id:   $($_.FullyQualifiedErrorId)"
        Write-Host "Message:    $($_.Exception.Message)"
        Write-Host "What to do: $($_.ErrorDetails.RecommendedAction)"
        Write-Host "It has:     $($_.Exception.Service.InstanceConfiguration)"
    }

    # The same update succeeds now.
    Update-ARService shop -Cpu '2 vCPU' -Memory '4 GB' -Wait | Format-List ServiceName, Status, InstanceConfiguration
}
finally {
    $local | Stop-ARLocalEndpoint
}
