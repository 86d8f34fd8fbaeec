<#
    Runs examples of the documentation as they stand. Each folder below the given one is a session: a runspace of its own, in which the
    folder's scripts run one after the other. Beside each script a JSON file says how it went.
#>
param(
    # The folder of the sessions.
    [string]$Folder,

    # Where the sessions begin.
    [string]$Location
)

$ErrorActionPreference = 'Stop'
$limit = [timespan]::FromMinutes(2)

# Nothing may reach AWS: no variable, no file and no metadata service gives keys, and every address leads nowhere.
Get-ChildItem Env: | Where-Object Name -Like 'AWS_*' | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Name, $null) }
$env:AWS_EC2_METADATA_DISABLED = 'true'
$env:AWS_SHARED_CREDENTIALS_FILE = Join-Path $Folder 'no-such-file'
$env:AWS_CONFIG_FILE = $env:AWS_SHARED_CREDENTIALS_FILE
$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:9'

# What examples leave among the temporary files goes with the folder.
$sessions = @(Get-ChildItem $Folder -Directory | Sort-Object Name)
$env:TMPDIR = $env:TEMP = $env:TMP = (New-Item -ItemType Directory (Join-Path $Folder temporary)).FullName
$variables = [Environment]::GetEnvironmentVariables()

function Open-Session {
    $session = [runspacefactory]::CreateRunspace($Host, [runspace]::DefaultRunspace.InitialSessionState.Clone())
    $session.Open()
    $shell = [powershell]::Create($session)
    # What is short of time is the test: operations that are simulated last two seconds as a rule.
    [void]$shell.AddScript({
        param($Location, $UsesEndpoint)
        Set-Location $Location
        Import-Module AppRunner
        $global:PSDefaultParameterValues = @{ 'Start-ARLocalEndpoint:OperationDuration' = '0.05'; '*-AR*:PollInterval' = '0.05' }
        if ($UsesEndpoint) { $null = Start-ARLocalEndpoint }
        $global:Error.Clear()
    }).AddArgument($Location).AddArgument($args[0])
    [void]$shell.Invoke()
    if ($shell.HadErrors) { throw $shell.Streams.Error[0] }
    $shell.Dispose()
    $session
}

foreach ($each in $sessions) {
    $scripts = @(Get-ChildItem $each.FullName -Filter *.ps1 | Sort-Object Name)
    $texts = @($scripts | Get-Content -Raw)

    # Where no example starts an endpoint, the one before it on the page did.
    $session = Open-Session ($texts -notlike '*Start-ARLocalEndpoint*').Count.Equals($texts.Count)
    for ($i = 0; $i -lt $texts.Count; $i++) {
        $shell = [powershell]::Create($session)
        [void]$shell.AddScript($texts[$i])
        $ended = $null
        try {
            $run = $shell.BeginInvoke()
            if (-not $run.AsyncWaitHandle.WaitOne($limit)) {
                $shell.Stop()
                throw "It has not ended after $limit."
            }

            [void]$shell.EndInvoke($run)
        }
        catch {
            $ended = ($_.Exception.InnerException ?? $_.Exception).Message
        }

        $shell.Dispose()
        $errors = $session.SessionStateProxy.GetVariable('Error')
        $result = @{
            Ended  = $ended
            Errors = @($errors | ForEach-Object { @{ Id = "$($_.FullyQualifiedErrorId -replace ',.*')"; Message = "$_" } })
        }
        $result | ConvertTo-Json -Depth 5 | Set-Content "$($scripts[$i].FullName).json"
        $errors.Clear()
    }

    Stop-ARLocalEndpoint
    $session.Dispose()
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) {
        [Environment]::SetEnvironmentVariable($name, $variables[$name])
    }
}
