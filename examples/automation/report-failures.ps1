# Reports the operations that failed since yesterday, such as automatic deployments at night. register-report.ps1 beside this file
# makes it a scheduled task of Windows, or shows the line for cron.
#
# Exit codes: 0 nothing failed, 1 the report itself failed, 2 there are failed operations. The log has all that the script writes.

param(
    # A profile of the account that runs this script. Without one: the role of the computer or container, or environment variables.
    [string] $ProfileName,

    [string] $Region,
    [string] $LogFile = (Join-Path ([IO.Path]::GetTempPath()) 'apprunner-report.log')
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

Start-Transcript -LiteralPath $LogFile -Append | Out-Null
try {
    $from = @{}
    if ($ProfileName) { $from.ProfileName = $ProfileName }
    if ($Region) { $from.Region = $Region }
    if ($from.Count -gt 0) { Set-ARContext @from }

    $since = (Get-Date).AddDays(-1)
    $failed = @(Get-ARService | Get-AROperation -Status FAILED, ROLLBACK_SUCCEEDED, ROLLBACK_FAILED | Where-Object StartedAt -GT $since)
    $failed | Format-Table ServiceName, Type, Status, StartedAt, Id -AutoSize | Out-String -Width 200

    # What went wrong: the last lines of each log. A log that cannot be read does not stop the report.
    foreach ($operation in $failed) { Get-ARServiceLog $operation.ServiceArn -OperationId $operation.Id -Tail 3 -ErrorAction Continue | Out-String -Width 200 }

    $code = if ($failed) { 2 } else { 0 }
}
catch {
    "FAILED: $($_.FullyQualifiedErrorId): $_"
    $code = 1
}
finally {
    Stop-Transcript | Out-Null
}

exit $code
