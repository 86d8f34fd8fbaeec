# Dot-sourced by every file of tests: imports the module under test, and says how tests come by an endpoint in every edition.
$modulePath = if ($env:APPRUNNER_MODULE) { $env:APPRUNNER_MODULE } else { Join-Path $PSScriptRoot ../../out/AppRunner }
if (Test-Path -LiteralPath (Join-Path $modulePath AppRunner.psd1)) { $modulePath = Join-Path $modulePath AppRunner.psd1 }
Import-Module $modulePath -Force -ErrorAction Stop
$modulePath = Join-Path (Get-Module AppRunner).ModuleBase AppRunner.psd1

# The image of the examples. Nothing is pulled: without -AllowExecution services are simulated.
$image = 'public.ecr.aws/aws-containers/hello-app-runner:latest'

# Starts a local endpoint and makes it the session's. In Windows PowerShell it runs in another process, and has of the object that
# Start-ARLocalEndpoint writes what the tests use.
function Open-TestEndpoint([hashtable]$Option = @{}) {
    $options = @{ OperationDuration = 0.05 }
    foreach ($name in $Option.Keys) { $options[$name] = $Option[$name] }
    if (-not $env:APPRUNNER_ENDPOINT_PROCESS) { return Start-ARLocalEndpoint @options }

    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = 'pwsh'
    $start.Arguments = '-NoProfile -NonInteractive -File "{0}" -Module "{1}" -Option "{2}"' -f (Join-Path $PSScriptRoot EndpointProcess.ps1), $modulePath, (ConvertTo-Json $options -Compress).Replace('"', '\"')
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    # What Windows PowerShell has set is not for PowerShell 7.
    $start.EnvironmentVariables.Remove('PSModulePath')
    $process = [System.Diagnostics.Process]::Start($start)
    $endpoint = $process.StandardOutput.ReadLine() | ConvertFrom-Json
    $endpoint | Add-Member Process $process
    $endpoint | Add-Member ScriptMethod Ask {
        $this.Process.StandardInput.WriteLine((ConvertTo-Json @($args) -Compress))
        $answer = $this.Process.StandardOutput.ReadLine() | ConvertFrom-Json
        if ($answer.Error) { throw $answer.Error }
        $answer.Value
    }
    $endpoint | Add-Member ScriptMethod SetNextOutcome { $this.Ask('SetNextOutcome', $args[0], $args[1], $args[2]) }
    $endpoint | Add-Member ScriptMethod ApproveConnection { $this.Ask('ApproveConnection', $args[0]) }
    $endpoint | Add-Member ScriptProperty RequestCount { $this.Ask('RequestCount') }
    Select-TestEndpoint $endpoint
    $endpoint
}

# Makes an endpoint the one of the session again, after a test has chosen otherwise.
function Select-TestEndpoint($Endpoint) {
    Clear-ARContext
    if ($env:APPRUNNER_ENDPOINT_PROCESS) {
        Set-ARContext -Region $Endpoint.Region -EndpointUrl $Endpoint.EndpointUrl -AccessKey $Endpoint.AccessKey -SecretKey $Endpoint.SecretKey
    }
}

# Ends an endpoint and leaves the session as it was.
function Close-TestEndpoint($Endpoint) {
    Clear-ARContext
    if (-not $Endpoint) { return }
    if (-not $env:APPRUNNER_ENDPOINT_PROCESS) { return $Endpoint | Stop-ARLocalEndpoint }

    # It ends with its input.
    $Endpoint.Process.StandardInput.Close()
    $Endpoint.Process.WaitForExit()
}

# The program that runs these tests, with its first arguments: PowerShell may be a program of its own or one of .NET's.
$shellProgram = @((Get-Process -Id $PID).Path)
if ((Split-Path -Leaf $shellProgram[0]) -match '^dotnet') { $shellProgram += Join-Path $PSHOME pwsh.dll }

# What a script writes in a new process of this PowerShell, errors and all.
function Invoke-Shell([string]$Script) {
    $arguments = @($shellProgram | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-Command', $Script
    & $shellProgram[0] @arguments *>&1
}

# What Tab offers at the end of a line.
function Complete([string]$Line) {
    (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
}
