# From source code to a running service, on this computer, without an AWS account.
#
#   dotnet run --project tools/Pwsh -- examples/quickstart.ps1     with the .NET SDK and git alone
#   pwsh examples/quickstart.ps1                                   with PowerShell 7.4 or newer

$ErrorActionPreference = 'Stop'

# The module that 'dotnet build' has made, else the one that is installed.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

# The application of examples/webapp, in a git repository of its own that lives as long as this script.
$repository = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "apprunner-quickstart-$PID")).FullName
$local = $null

function Invoke-Git([string[]] $words) {
    # Nothing of the user's settings is needed, and none can ask for something.
    git -C $repository -c user.name=Quickstart -c user.email=quickstart@localhost -c commit.gpgSign=false -c core.autocrlf=false @words
    if ($LASTEXITCODE -ne 0) { throw "git $words ended with exit code $LASTEXITCODE." }
}

function Save-Application([string] $message) {
    Invoke-Git 'add', '--all'
    Invoke-Git 'commit', '--quiet', '--message', $message
}

function Show-Answer {
    $answer = Test-ARService quickstart -Path /
    Write-Host "$($answer.Url) answers: $($answer.Body)$($answer.Error)`n"
}

try {
    # -Force: with .gitignore, without what a build has left there.
    Get-ChildItem $PSScriptRoot/webapp -File -Force | Copy-Item -Destination $repository

    Invoke-Git 'init', '--quiet', '--initial-branch=main'
    Save-Application 'Version 1'

    # A local App Runner: it speaks the real API on loopback, and it is allowed to build and run what services are made of.
    # While it runs, all cmdlets of this session use it. Without -AllowExecution it only simulates: see simulate.ps1.
    $local = Start-ARLocalEndpoint -AllowExecution
    Write-Host "Local App Runner at $($local.EndpointUrl)`n"

    # Settings are objects or hashtables, whichever you have at hand. Try a typo in a key: the error says where, and what you meant.
    # How the application is built and started stands in its apprunner.yaml.
    $definition = @{
        ServiceName              = 'quickstart'
        RepositoryUrl            = $repository
        Branch                   = 'main'
        AutoDeploymentsEnabled   = $false     # else a new commit deploys itself, and could come before the deployment below
        HealthCheckConfiguration = @{ Protocol = 'HTTP'; Path = '/health'; Interval = 1; HealthyThreshold = 1; UnhealthyThreshold = 2 }
        Tag                      = @{ env = 'dev' }
    }

    Write-Host 'Look for mistakes in the application''s apprunner.yaml, without a call. The warning concerns AWS alone:'
    Test-ARServiceDefinition "$repository/apprunner.yaml" | Format-Table

    Write-Host 'Create: the newest commit is built, started and checked, and its URL answers:'
    $definition | New-ARService -Wait
    Show-Answer

    Write-Host 'A mistake: with this path, no new instance becomes healthy. The update is rolled back, which is an error, with the log''s last lines:'
    try {
        Update-ARService quickstart -HealthCheckConfiguration @{ Path = '/helth' } -Wait
    }
    catch [AppRunner.Model.OperationFailedException] {
        Write-Host "Error id:   $($_.FullyQualifiedErrorId)"
        Write-Host "Message:    $($_.Exception.Message)`n"
    }

    Write-Host 'The version before has gone on answering, and its own health check passes:'
    Show-Answer
    Test-ARService quickstart | Format-List Url, Succeeded, StatusCode, Latency

    Write-Host 'A change of the application: commit it, and deploy the newest commit:'
    $program = Join-Path $repository Program.cs
    (Get-Content $program) -replace 'version 1', 'version 2' | Set-Content $program
    Save-Application 'Version 2'
    Start-ARDeployment quickstart -Wait
    Show-Answer

    Write-Host 'What the application wrote. Without Select-Object this goes on until Ctrl+C:'
    Get-ARServiceLog quickstart -Kind Application -Tail 2 -Follow | Select-Object -First 2 | Format-Table

    Write-Host 'What happened to it:'
    Get-AROperation quickstart | Format-Table Type, Status, Duration, StartedAt

    Write-Host 'Delete it, and all that was built for it:'
    Remove-ARService quickstart -Confirm:$false -Wait
}
finally {
    if ($local) { $local | Stop-ARLocalEndpoint }
    Remove-Item $repository -Recurse -Force
}
