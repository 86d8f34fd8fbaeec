# An update that fails: the service runs again with its old configuration, and that is not taken for success.
# Runs on a local App Runner, which is told to let the next update fail; without an AWS account.

$ErrorActionPreference = 'Stop'

# The module that 'dotnet build' has made, else the one that is installed.
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
        # The id is a contract; the exception carries the operation and the service as it is now.
        Write-Host "Error id:   $($_.FullyQualifiedErrorId)"
        Write-Host "Message:    $($_.Exception.Message)"
        Write-Host "What to do: $($_.ErrorDetails.RecommendedAction)"
        Write-Host "It has:     $($_.Exception.Service.InstanceConfiguration)"
    }

    # Nothing stands in the way of the same change now.
    Update-ARService shop -Cpu '2 vCPU' -Memory '4 GB' -Wait | Format-List ServiceName, Status, InstanceConfiguration
}
finally {
    $local | Stop-ARLocalEndpoint
}
