<#
    Runs the examples of the documentation unchanged. Each subfolder of the given folder is a session: its scripts run in order in one
    runspace. The result of each script is written to a JSON file with the name of the script.
#>
param(
    # The folder of the sessions.
    [string]$Folder,

    # The repository, which the sessions have a clone of as their current folder.
    [string]$Repository
)

$ErrorActionPreference = 'Stop'
$limit = [timespan]::FromMinutes(2)

# Nothing may reach AWS: variables, files and the metadata service provide no keys, and the endpoint does not exist.
Get-ChildItem Env: | Where-Object Name -Like 'AWS_*' | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Name, $null) }
$env:AWS_EC2_METADATA_DISABLED = 'true'
$env:AWS_SHARED_CREDENTIALS_FILE = Join-Path $Folder 'no-such-file'
$env:AWS_CONFIG_FILE = $env:AWS_SHARED_CREDENTIALS_FILE
$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:9'

# Temporary files of examples are deleted with the folder.
$sessions = @(Get-ChildItem $Folder -Directory | Sort-Object Name)
$env:TMPDIR = $env:TEMP = $env:TMP = (New-Item -ItemType Directory (Join-Path $Folder temporary)).FullName
$variables = [Environment]::GetEnvironmentVariables()

# A clone of the repository, as a reader has it, with the files that examples use. It is made of the files as they are, committed or not.
$location = (New-Item -ItemType Directory (Join-Path $env:TEMP clone)).FullName
Copy-Item -Recurse (Join-Path $Repository examples), (Join-Path $Repository .gitignore) $location
$git = '-C', $location, '-c', 'user.name=Examples', '-c', 'user.email=examples@localhost', '-c', 'commit.gpgSign=false', '-c', 'core.autocrlf=false'
foreach ($arguments in @('init', '--quiet', '--initial-branch=main'), @('add', '--all'), @('commit', '--quiet', '--message', 'Clone')) {
    git @git @arguments
    if ($LASTEXITCODE -ne 0) { throw "git $arguments failed." }
}

function Open-Session {
    $session = [runspacefactory]::CreateRunspace($Host, [runspace]::DefaultRunspace.InitialSessionState.Clone())
    $session.Open()
    $shell = [powershell]::Create($session)
    # Shorten simulated operations, which take two seconds by default.
    [void]$shell.AddScript({
        param($Location, $UsesEndpoint)
        Set-Location $Location
        Import-Module AppRunner
        $global:PSDefaultParameterValues = @{ 'Start-ARLocalEndpoint:OperationDuration' = '0.05'; '*-AR*:PollInterval' = '0.05' }
        if ($UsesEndpoint) { $null = Start-ARLocalEndpoint }
        $global:Error.Clear()
    }).AddArgument($location).AddArgument($args[0])
    [void]$shell.Invoke()
    if ($shell.HadErrors) { throw $shell.Streams.Error[0] }
    $shell.Dispose()
    $session
}

foreach ($each in $sessions) {
    $scripts = @(Get-ChildItem $each.FullName -Filter *.ps1 | Sort-Object Name)
    $texts = @($scripts | Get-Content -Raw)

    # If no example of the session starts an endpoint, an earlier example on the page did.
    $session = Open-Session ($texts -notlike '*Start-ARLocalEndpoint*').Count.Equals($texts.Count)
    for ($i = 0; $i -lt $texts.Count; $i++) {
        $shell = [powershell]::Create($session)
        [void]$shell.AddScript($texts[$i])
        $ended = $null
        try {
            $run = $shell.BeginInvoke()
            if (-not $run.AsyncWaitHandle.WaitOne($limit)) {
                $shell.Stop()
                throw "It did not end within $limit."
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
