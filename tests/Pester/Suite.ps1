# Dot-sourced by every test file: imports the module under test, and opens endpoints in every edition of PowerShell.
$modulePath = if ($env:APPRUNNER_MODULE) { $env:APPRUNNER_MODULE } else { Join-Path $PSScriptRoot ../../out/AppRunner }
if (Test-Path -LiteralPath (Join-Path $modulePath AppRunner.psd1)) { $modulePath = Join-Path $modulePath AppRunner.psd1 }
Import-Module $modulePath -Force -ErrorAction Stop
$modulePath = Join-Path (Get-Module AppRunner).ModuleBase AppRunner.psd1

# The image of the examples. It is not pulled: without -AllowExecution services are simulated.
$image = 'public.ecr.aws/aws-containers/hello-app-runner:latest'

# Starts a local endpoint and makes it the session's default. In Windows PowerShell it runs in another process, and the object has the
# members of Start-ARLocalEndpoint's output that the tests use.
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
    # Windows PowerShell's module path is wrong for PowerShell 7.
    $start.EnvironmentVariables.Remove('PSModulePath')
    $process = [System.Diagnostics.Process]::Start($start)
    $endpoint = $process.StandardOutput.ReadLine() | ConvertFrom-Json
    $endpoint | Add-Member Process $process
    $endpoint | Add-Member ScriptMethod Send {
        $this.Process.StandardInput.WriteLine((ConvertTo-Json @($args) -Compress))
        $response = $this.Process.StandardOutput.ReadLine() | ConvertFrom-Json
        if ($response.Error) { throw $response.Error }
        $response.Value
    }
    $endpoint | Add-Member ScriptMethod SetNextOutcome { $this.Send('SetNextOutcome', $args[0], $args[1], $args[2]) }
    $endpoint | Add-Member ScriptMethod ApproveConnection { $this.Send('ApproveConnection', $args[0]) }
    $endpoint | Add-Member ScriptProperty RequestCount { $this.Send('RequestCount') }
    Select-TestEndpoint $endpoint
    $endpoint
}

# Makes an endpoint the session's default again, after a test has changed it.
function Select-TestEndpoint($Endpoint) {
    Clear-ARContext
    if ($env:APPRUNNER_ENDPOINT_PROCESS) {
        Set-ARContext -Region $Endpoint.Region -EndpointUrl $Endpoint.EndpointUrl -AccessKey $Endpoint.AccessKey -SecretKey $Endpoint.SecretKey
    }
}

# Stops an endpoint and clears the session's context.
function Close-TestEndpoint($Endpoint) {
    Clear-ARContext
    if (-not $Endpoint) { return }
    if (-not $env:APPRUNNER_ENDPOINT_PROCESS) { return $Endpoint | Stop-ARLocalEndpoint }

    # The process exits at the end of its input.
    $Endpoint.Process.StandardInput.Close()
    $Endpoint.Process.WaitForExit()
}

# The program that runs these tests, with its first arguments: pwsh, or dotnet with pwsh.dll.
$shellProgram = @((Get-Process -Id $PID).Path)
if ((Split-Path -Leaf $shellProgram[0]) -match '^dotnet') { $shellProgram += Join-Path $PSHOME pwsh.dll }

# Runs a script in a new process of this PowerShell and returns all its output, including errors.
function Invoke-Shell([string]$Script) {
    $arguments = @($shellProgram | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-Command', $Script
    & $shellProgram[0] @arguments *>&1
}

# The completions that Tab offers at the end of a line.
function Complete([string]$Line) {
    (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
}
