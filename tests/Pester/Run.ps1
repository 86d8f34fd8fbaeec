#requires -Version 5.1
<#
.SYNOPSIS
    Runs the acceptance tests in this folder with Pester 5 or 6, in PowerShell 7.4 or newer or Windows PowerShell 5.1.

.DESCRIPTION
    The exit code is 0 when all tests have passed, else 1. If Pester is neither installed nor can be restored, no test runs, there is a
    warning, and the exit code is 0 unless -RequirePester is given.

    The local endpoint needs PowerShell 7. In Windows PowerShell the tests talk to one that runs in another process, in the pwsh on the PATH.
    Skipped there, by tag: Core needs PowerShell 7, InProcess needs the endpoint in the same process, Endpoint needs an endpoint.

.EXAMPLE
    ./tests/Pester/Run.ps1

    Tests what 'dotnet build' has put into out/AppRunner.

.EXAMPLE
    ./tests/Pester/Run.ps1 -Module ./AppRunner -ResultFile results.xml -ResultFormat JUnitXml -RequirePester

    Tests an unpacked package in CI.
#>
[CmdletBinding()]
param(
    # The module under test: its folder, its manifest, or the name of an installed one. Default: $env:APPRUNNER_MODULE, else out/AppRunner.
    [string]$Module,

    # Files or folders with tests. Default: this folder.
    [string[]]$Path,

    # Exactly this version of Pester. Default: the newest one that is installed, from 5.0 on, else the pinned package.
    [version]$PesterVersion,

    # The result file for CI. Default: none.
    [string]$ResultFile,

    # The format of the result file.
    [ValidateSet('NUnitXml', 'NUnit2.5', 'NUnit3', 'JUnitXml')]
    [string]$ResultFormat = 'NUnitXml',

    # Normal shows failures only, Detailed every test.
    [ValidateSet('Normal', 'Detailed')]
    [string]$Output = 'Normal',

    # Fails if Pester is not available.
    [switch]$RequirePester,

    # Uses an endpoint in another process in PowerShell 7 too, as Windows PowerShell must.
    [switch]$EndpointProcess
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Find-Pester([version]$Exact) {
    Get-Module -ListAvailable -Name Pester |
        Where-Object { if ($Exact) { $_.Version -eq $Exact } else { $_.Version -ge [version]'5.0' } } |
        Sort-Object Version -Descending |
        Select-Object -First 1
}

function Test-Program([string]$Name) {
    [bool](Get-Command -Name $Name -CommandType Application -ErrorAction Ignore)
}

$pester = Find-Pester $PesterVersion
if (-not $pester -and -not $PesterVersion -and (Test-Program dotnet)) {
    $root = Join-Path (Split-Path -Parent (Split-Path -Parent $PSScriptRoot)) out
    dotnet msbuild (Join-Path $PSScriptRoot Pester.proj) -restore -nologo -verbosity:quiet | Out-Host
    if ($LASTEXITCODE -eq 0) {
        $env:PSModulePath = $root + [System.IO.Path]::PathSeparator + $env:PSModulePath
        $pester = Find-Pester
    }
}

if (-not $pester) {
    $lacking = if ($PesterVersion) { "Pester $PesterVersion is not installed" } else { 'Pester 5 or newer is neither installed nor to be restored' }
    Write-Warning "${lacking}: tests/Pester was not run."
    exit [int][bool]$RequirePester
}

Import-Module $pester.Path
$isDesktop = $PSVersionTable.PSEdition -ne 'Core'
$leftOut = @(
    if ($isDesktop) { 'Core' }
    if ($isDesktop -or $EndpointProcess) { 'InProcess' }
    if ($isDesktop -and -not (Test-Program pwsh)) { 'Endpoint' }
)
if ($leftOut) { Write-Warning "Left out are tests with the tags: $($leftOut -join ', ')." }
if ($Module) { $env:APPRUNNER_MODULE = if (Test-Path -LiteralPath $Module) { (Resolve-Path -LiteralPath $Module).ProviderPath } else { $Module } }
$env:APPRUNNER_ENDPOINT_PROCESS = if ($isDesktop -or $EndpointProcess) { '1' }

$configuration = New-PesterConfiguration
# 'pwsh -File Run.ps1 -Path a,b' passes one string.
$configuration.Run.Path = if ($Path) { $Path -split ',' } else { $PSScriptRoot }
$configuration.Run.PassThru = $true
$configuration.Filter.ExcludeTag = $leftOut
$configuration.Output.Verbosity = $Output
if ($ResultFile) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = $ResultFile
    $configuration.TestResult.OutputFormat = $ResultFormat
}

# The tests run with a user's default settings, not with this script's.
$result = & {
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    Invoke-Pester -Configuration $configuration
}
if ($result.PassedCount -eq 0) { Write-Warning 'No test was run.' }
exit [int]($result.Result -ne 'Passed' -or $result.PassedCount -eq 0)
