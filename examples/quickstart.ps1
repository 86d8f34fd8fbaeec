# Deploy source code to a running service on this computer, without an AWS account.
#
#   dotnet run --project tools/Pwsh -- examples/quickstart.ps1     with the .NET SDK and git alone
#   pwsh examples/quickstart.ps1                                   with PowerShell 7.4 or newer

$ErrorActionPreference = 'Stop'

# Use the module that 'dotnet build' made, else the installed one.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

# A temporary git repository with the application of examples/webapp.
$repository = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "apprunner-quickstart-$(New-Guid)")).FullName
$local = $null

function Invoke-Git([string[]] $arguments) {
    # Independent of the user's git settings, and without prompts.
    git -C $repository -c user.name=Quickstart -c user.email=quickstart@localhost -c commit.gpgSign=false -c core.autocrlf=false @arguments
    if ($LASTEXITCODE -ne 0) { throw "git $arguments ended with exit code $LASTEXITCODE." }
}

function Save-Application([string] $message) {
    Invoke-Git 'add', '--all'
    Invoke-Git 'commit', '--quiet', '--message', $message
}

function Show-Response {
    $response = Test-ARService quickstart -Path /
    Write-Host "$($response.Url) responds: $($response.Body)$($response.Error)`n"
}

try {
    # Files only, with hidden ones such as .gitignore: no build output.
    Get-ChildItem $PSScriptRoot/webapp -File -Force | Copy-Item -Destination $repository

    Invoke-Git 'init', '--quiet', '--initial-branch=main'
    Save-Application 'Version 1'

    # Start a local App Runner. While it runs, all cmdlets of this session use it. -AllowExecution lets it build and run services;
    # without it, operations are simulated: see simulate.ps1.
    $local = Start-ARLocalEndpoint -AllowExecution
    Write-Host "Local App Runner at $($local.EndpointUrl)`n"

    # Misspell a key to see the error. The build and start commands are in the application's apprunner.yaml.
    $definition = @{
        ServiceName              = 'quickstart'
        RepositoryUrl            = $repository
        Branch                   = 'main'
        AutoDeploymentsEnabled   = $false     # else a new commit is deployed automatically, before the deployment below
        HealthCheckConfiguration = @{ Protocol = 'HTTP'; Path = '/health'; Interval = 1; HealthyThreshold = 1; UnhealthyThreshold = 2 }
        Tag                      = @{ env = 'dev' }
    }

    Write-Host 'Check the application''s apprunner.yaml offline. The warning is about AWS only:'
    Test-ARServiceDefinition "$repository/apprunner.yaml" | Format-Table

    Write-Host 'Create a service: the newest commit is built and started, its health is checked, and its URL responds:'
    $definition | New-ARService -Wait
    Show-Response

    Write-Host 'Update with a wrong health check path: no new instance becomes healthy, so the update is rolled back. The error has the last log lines:'
    try {
        Update-ARService quickstart -HealthCheckConfiguration @{ Path = '/helth' } -Wait
    }
    catch [AppRunner.Model.OperationFailedException] {
        Write-Host "Error id:   $($_.FullyQualifiedErrorId)"
        Write-Host "Message:    $($_.Exception.Message)`n"
    }

    Write-Host 'The old version is still running, and its health check succeeds:'
    Show-Response
    Test-ARService quickstart | Format-List Url, Succeeded, StatusCode, Latency

    Write-Host 'Change the application, commit, and deploy the newest commit:'
    $program = Join-Path $repository Program.cs
    (Get-Content $program) -replace 'version 1', 'version 2' | Set-Content $program
    Save-Application 'Version 2'
    Start-ARDeployment quickstart -Wait
    Show-Response

    Write-Host 'Follow the application log. Without Select-Object this continues until Ctrl+C:'
    Get-ARServiceLog quickstart -Kind Application -Tail 2 -Follow | Select-Object -First 2 | Format-Table

    Write-Host 'List the operations of the service:'
    Get-AROperation quickstart | Format-Table Type, Status, Duration, StartedAt

    Write-Host 'Delete the service and its builds:'
    Remove-ARService quickstart -Confirm:$false -Wait
}
finally {
    if ($local) { $local | Stop-ARLocalEndpoint }
    Remove-Item $repository -Recurse -Force
}
