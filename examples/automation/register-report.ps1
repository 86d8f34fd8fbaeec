# Runs report-failures.ps1 every morning: registers a scheduled task on Windows, and shows the line for crontab elsewhere.
#
#   ./register-report.ps1 -ProfileName report -Region eu-west-1 -Credential (Get-Credential)
#
# The task runs as the account of -Credential, which must have the profile: 'aws configure --profile report' in a session of that account.
# An encrypted profile of AWS.Tools can be read by this account on this computer only, and only if Windows has its password: not by a task
# with "Do not store password".

param(
    [Parameter(Mandatory)]
    [string] $ProfileName,

    [Parameter(Mandatory)]
    [string] $Region,

    # The account of the task. Windows only.
    [pscredential] $Credential,

    [datetime] $At = '06:00',
    [string] $TaskName = 'App Runner report'
)

$ErrorActionPreference = 'Stop'

# The full path, because tasks and cron have a short PATH. -File passes the exit code of the script on.
$program = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source
$arguments = "-NoProfile -NonInteractive -File `"$(Join-Path $PSScriptRoot report-failures.ps1)`" -ProfileName $ProfileName -Region $Region"

if (-not (Get-Command Register-ScheduledTask -ErrorAction Ignore)) {
    "$($At.Minute) $($At.Hour) * * * `"$program`" $arguments"
    return
}

if (-not $Credential) { throw 'Use -Credential: the task needs the account whose profile it uses.' }
$task = @{
    TaskName = $TaskName
    Action   = New-ScheduledTaskAction -Execute $program -Argument $arguments
    Trigger  = New-ScheduledTaskTrigger -Daily -At $At
    Settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit (New-TimeSpan -Minutes 30) -MultipleInstances IgnoreNew
    User     = $Credential.UserName
    Password = $Credential.GetNetworkCredential().Password
}
Register-ScheduledTask @task
