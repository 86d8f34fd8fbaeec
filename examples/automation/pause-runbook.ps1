<#
    A runbook for Azure Automation: pauses the services of an environment in the evening, and resumes them in the morning.

    Add the package AppRunner to the runtime environment (PowerShell 7.4 or Windows PowerShell 5.1), and these assets to the Automation account:

      credential AppRunner         user name: an access key ID, password: the secret access key
      variable   AppRunnerRegion   such as eu-west-1

    The keys belong to an IAM user that may do nothing else: apprunner:ListServices, DescribeService, ListTagsForResource, ListOperations,
    PauseService and ResumeService. Link the runbook to two schedules, with the parameter Action Pause and Resume. A runbook has no exit code:
    its job fails if an error ends the script.
#>
param(
    [ValidateSet('Pause', 'Resume')]
    [string] $Action = 'Pause',

    # The value of the tag env.
    [string] $Environment = 'dev'
)

$ErrorActionPreference = 'Stop'

# The asset is a PSCredential. The defaults are those of this job only.
Set-ARContext -Region (Get-AutomationVariable -Name AppRunnerRegion) -Credential (Get-AutomationPSCredential -Name AppRunner)

# A service that fails does not stop the others; every error counts at the end. Azure ends a job after three hours, so the waits end before.
$all = @{ Wait = $true; Timeout = '01:00:00'; ThrottleLimit = 4; ErrorAction = 'Continue'; ErrorVariable = 'failures' }
$services = Get-ARService -Tag @{ env = $Environment }
if ($Action -eq 'Pause') { $changed = $services | Suspend-ARService @all } else { $changed = $services | Resume-ARService @all }
$changed | Select-Object ServiceName, Status

if ($failures) { throw "$Action failed for $(@($failures).Count) of $(@($services).Count) services: $($failures -join ' ')" }
