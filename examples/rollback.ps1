# An update that fails: the service runs again with its old configuration, and that is not taken for success.
# Runs on a local App Runner, which is told to let the next update fail; without an AWS account.

$ErrorActionPreference = 'Stop'

if (-not (Get-Module -Name AppRunner)) {
    $built = "$PSScriptRoot/../out/AppRunner"
    if ([System.IO.Directory]::Exists($built)) { Import-Module $built } else { Import-Module AppRunner }
}

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
