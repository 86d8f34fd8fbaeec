# Runs in the host under Wine; see run.sh. The module and this script are in a folder with blanks and umlauts.
param([string]$Root, [string]$HostProgram)

$ErrorActionPreference = 'Stop'
$env:PSModulePath = Join-Path $Root 'modules'

function Assert([string]$What, [bool]$Holds, $Actual) {
    if (-not $Holds) { throw "$What`: $Actual" }
    "ok  $What"
}

function WaitFor([scriptblock]$Condition) {
    $until = (Get-Date).AddSeconds(30)
    while (-not (& $Condition) -and (Get-Date) -lt $until) { Start-Sleep -Milliseconds 200 }
}

Import-Module AppRunner
Assert 'import from a path with blanks and umlauts' ((Get-Module AppRunner).ModuleBase -like '*ü*ö*') (Get-Module AppRunner).ModuleBase
Assert 'the system is Windows for .NET' $IsWindows $PSVersionTable.OS

# The first call, before a local endpoint takes all calls of the session. The SDK's own file class writes the encrypted profile.
Add-Type -Path (Join-Path $Root 'modules/AppRunner/private/core/AWSSDK.Core.dll')
$options = [Amazon.Runtime.CredentialManagement.CredentialProfileOptions]@{ AccessKey = 'AKIDOFTHEWINDOWSSTORE'; SecretKey = 'not-a-real-secret' }
$stored = [Amazon.Runtime.CredentialManagement.CredentialProfile]::new('wine', $options)
$stored.Region = [Amazon.RegionEndpoint]::EUWest2
[Amazon.Runtime.CredentialManagement.NetSDKCredentialsFile]::new().RegisterProfile($stored)
$file = Join-Path $env:LOCALAPPDATA 'AWSToolkit/RegisteredAccounts.json'
Assert 'the profile store is encrypted (DPAPI)' ((Get-Content $file -Raw) -notmatch 'AKIDOFTHEWINDOWSSTORE') $file
$server = [AppRunner.Wine.CapturedRequest]::new()
Get-ARService -ProfileName wine -EndpointUrl $server.Url
Assert 'a request with the keys and the region of a DPAPI profile' ($server.Wait() -match 'Credential=AKIDOFTHEWINDOWSSTORE/\d{8}/eu-west-2/') $server.Wait()

# Files with CRLF line ends.
$definition = Join-Path $Root 'service.json'
[IO.File]::WriteAllText($definition, "{`r`n  `"ServiceName`": `"from-file`",`r`n  `"SourceConfiguration`": {`r`n    `"ImageRepository`": { `"ImageIdentifier`": `"public.ecr.aws/nginx/nginx:1`", `"ImageRepositoryType`": `"ECR_PUBLIC`" }`r`n  }`r`n}`r`n")
$dotenv = Join-Path $Root 'variables.env'
[IO.File]::WriteAllText($dotenv, "# from Windows`r`nGREETING=hello`r`nQUOTED=`"two words`"`r`n")

$endpoint = Start-ARLocalEndpoint -OperationDuration 0.2
$service = New-ARService hello-wine public.ecr.aws/nginx/nginx:1 -EnvironmentFile $dotenv -Wait
Assert 'create (simulated) and wait' ($service.Status -eq 'RUNNING') $service.Status
$variables = $service.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables
Assert 'variables of a file with CRLF' ($variables['GREETING'] -ceq 'hello' -and $variables['QUOTED'] -ceq 'two words') ($variables.Values -join '|')
$service = New-ARService -Path $definition -Wait
Assert 'create from a definition with CRLF, below a path with blanks and umlauts' ($service.ServiceName -ceq 'from-file') $service.ServiceName
$endpoint | Stop-ARLocalEndpoint

# Execution. The host is the git and the application (see Program.cs). Arguments with quotes are not tried here: cmd.exe of Wine 8 keeps
# the carets before them.
$env:PATH = (Split-Path $HostProgram) + ';' + $env:PATH
$repository = New-Item -ItemType Directory (Join-Path $Root 'repository with äöü')
New-Item -ItemType Directory (Join-Path $repository '.git/refs/heads') | Out-Null
[IO.File]::WriteAllText((Join-Path $repository '.git/refs/heads/main'), "0123456789abcdef0123456789abcdef01234567`n")
$program = $HostProgram -replace '\\', '/'
[IO.File]::WriteAllText((Join-Path $repository 'apprunner.yaml'), (@"
version: 1.0
runtime: dotnet6
build:
  commands:
    build:
      - echo built> "built file.txt"
      - echo the build says äöü
run:
  runtime-version: 6
  command: "\"$program\" serve \"two words\" 'a & b' 'C:\\dir\\' 100%"
  network:
    port: 8080
  env:
    - name: TEXT
      value: "äöü € 100%"
"@ -replace "`r?`n", "`r`n"))
# One percent sign only: unlike cmd.exe, Wine's looks for variables in the value of a variable again.
$endpoint = Start-ARLocalEndpoint -AllowExecution -WorkFolder (Join-Path $Root 'work')
$code = @{ RepositoryUrl = $repository.FullName; SourceCodeVersion = @{ Type = 'BRANCH'; Value = 'main' }; CodeConfiguration = @{ ConfigurationSource = 'REPOSITORY' } }
try {
    $service = New-ARService hello-executed -SourceConfiguration @{ CodeRepository = $code } -Wait
}
catch {
    Get-ARServiceLog hello-executed -Kind Deployment | ForEach-Object { "log: $($_.Message)" }
    throw
}
Assert 'execution of source code with an apprunner.yaml with CRLF' ($service.Status -eq 'RUNNING') $service.Status
$probe = Test-ARService hello-executed -Path /
Assert 'arguments with blanks, backslashes, & and % arrive' ($probe.Body -ceq 'äöü € 100%|two words|a & b|C:\dir\|100%') ($probe | Format-List | Out-String)
WaitFor { (Get-ARServiceLog hello-executed -Kind Application).Message -match 'serving' }
$lines = (Get-ARServiceLog hello-executed -Kind Application).Message
Assert 'the output of a program is read as UTF-8' (@($lines -ceq 'serving äöü € 100%|two words|a & b|C:\dir\|100%').Count -eq 1) ($lines -join "`n")
$lines = (Get-ARServiceLog hello-executed -Kind Deployment).Message
Assert 'the output of the build is read as UTF-8' (@($lines -clike '*the build says äöü*').Count -ge 1) ($lines -join "`n")

WaitFor { (Get-ARServiceMetric hello-executed MemoryUtilization -Statistic Maximum).Latest -gt 0 }
$usage = (Get-ARServiceMetric hello-executed CPUUtilization, MemoryUtilization -Statistic Maximum).Latest
Assert 'CPU and memory of the processes in the job object are measured' ($usage.Count -eq 2 -and $usage[0] -ge 0 -and $usage[1] -gt 0) ($usage -join ', ')

# A program that a service has started is in its job object: it ends with the service.
Remove-ARService hello-executed -Wait -Confirm:$false | Out-Null
WaitFor { -not (Get-Process | Where-Object { $_.Id -ne $PID -and $_.Path -eq $HostProgram }) }
$left = @(Get-Process | Where-Object { $_.Id -ne $PID -and $_.Path -eq $HostProgram })
Assert 'no program is left after Remove-ARService (job object)' ($left.Count -eq 0) ($left.Id -join ', ')

# run.sh kills this session then.
New-ARService hello-killed -SourceConfiguration @{ CodeRepository = $code } -Wait | Out-Null
Assert 'a service is running before the session is killed' ((Test-ARService hello-killed).Succeeded) ''
'ready to be killed'
Start-Sleep -Seconds 120
throw 'The session was not killed.'
