#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, documents and checks the AppRunner module.

.DESCRIPTION
    Build    Builds everything; the importable module is in out/AppRunner afterwards.
    Test     Runs 'dotnet test', then Pester.
    Pester   Runs tests/Pester/Run.ps1, with the installed Pester or the pinned package. Without Pester it writes a warning.
    Docs     Creates the files for Get-Help (src/Module/en-US) from the pages in docs/en-US, with Microsoft.PowerShell.PlatyPS.
    Picture  Runs the README's first example in a PowerShell session and creates its picture, docs/images/session.svg. Build the module first.
    Package  Creates the package for the PowerShell Gallery, out/AppRunner.<version>.nupkg, and its SBOM, as 'dotnet build packaging -t:Package' does.
    Analyze  Runs 'dotnet format --verify-no-changes', then PSScriptAnalyzer over all scripts. Without PSScriptAnalyzer it writes a warning.

    The tasks run in the given order. The exit code is 0 when all have succeeded, else 1.

.EXAMPLE
    ./build.ps1

    Builds everything.

.EXAMPLE
    ./build.ps1 -Task Docs, Build, Test, Analyze

    The tasks to run after a change of cmdlets.
#>
[CmdletBinding()]
param(
    # The tasks to run.
    [Parameter(Position = 0)]
    [ArgumentCompletions('Build', 'Test', 'Pester', 'Docs', 'Picture', 'Package', 'Analyze')]
    [string[]]$Task = 'Build',

    # The build configuration. The package always uses Release.
    [ValidateSet('Debug', 'Release')]
    [string]$Configuration = 'Debug',

    # Pester: the path or name of the module to test. Default: out/AppRunner.
    [string]$Module,

    # Pester: the exact version of Pester. Default: the newest installed version, otherwise the pinned package.
    [string]$PesterVersion,

    # Pester: a file for the test results. Default: none.
    [string]$ResultFile,

    # Pester: the format of the test results.
    [ValidateSet('NUnitXml', 'NUnit2.5', 'NUnit3', 'JUnitXml')]
    [string]$ResultFormat = 'NUnitXml',

    # Package: the certificate to sign the files with, from the store My of the user or the computer. Windows only.
    [string]$CertificateThumbprint
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

function Invoke-Native([string]$Command, [string[]]$ArgumentList) {
    & $Command @ArgumentList | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "'$Command $ArgumentList' failed with exit code $LASTEXITCODE." }
}

function Test-Installed([string]$Name, [version]$Minimum) {
    [bool](Get-Module -ListAvailable -Name $Name | Where-Object Version -GE $Minimum)
}

function Invoke-BuildTask([string]$Configuration) {
    Invoke-Native dotnet @('build', 'Module.sln', '--configuration', $Configuration)
}

function Invoke-PesterTask([string]$Module, [string]$PesterVersion, [string]$ResultFile, [string]$ResultFormat) {
    # A separate process: the module's dlls stay loaded, and locked on Windows, until the process ends.
    $shell = (Get-Process -Id $PID).Path
    $arguments = @('-NoProfile', '-NonInteractive', '-File', 'tests/Pester/Run.ps1')
    if ((Split-Path -Leaf $shell) -match '^dotnet') { $arguments = @(Join-Path $PSHOME pwsh.dll) + $arguments }
    if ($Module) { $arguments += '-Module', $Module }
    if ($PesterVersion) { $arguments += '-PesterVersion', $PesterVersion }
    if ($ResultFile) { $arguments += '-ResultFile', $ResultFile, '-ResultFormat', $ResultFormat }
    Invoke-Native $shell $arguments
}

function Invoke-PackageTask([string]$CertificateThumbprint) {
    $arguments = @('build', 'packaging', '-t:Package')
    if ($CertificateThumbprint) { $arguments += "-p:CertificateThumbprint=$CertificateThumbprint" }
    Invoke-Native dotnet $arguments
}

function Invoke-DocsTask {
    if (-not (Test-Installed Microsoft.PowerShell.PlatyPS 1.0)) {
        throw 'Docs needs Microsoft.PowerShell.PlatyPS 1.0 or newer: Install-PSResource Microsoft.PowerShell.PlatyPS'
    }

    Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
    Import-Module ./docs/HelpFiles.psm1 -Force
    $pages = Get-ChildItem docs/en-US/*-AR*.md
    foreach ($page in $pages) {
        if (-not (Test-MarkdownCommandHelp -Path $page.FullName)) { throw "$($page.Name) is not a valid page." }
    }

    $scratch = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    try {
        $help = $pages.FullName | Import-MarkdownCommandHelp
        $maml = $help | Export-MamlCommandHelp -OutputFolder $scratch
        $target = New-Item -ItemType Directory -Path src/Module/en-US -Force
        $clean = ConvertTo-CleanMaml -Maml (Get-Content -LiteralPath $maml.FullName -Raw) -CommandHelp $help
        Set-Content -LiteralPath (Join-Path $target $maml.Name) -Value $clean -NoNewline -Encoding utf8NoBOM
        foreach ($page in Get-ChildItem docs/en-US/about_*.md) {
            $text = ConvertTo-AboutText -Markdown (Get-Content -LiteralPath $page.FullName -Raw)
            Set-Content -LiteralPath (Join-Path $target "$($page.BaseName).help.txt") -Value $text -NoNewline -Encoding utf8NoBOM
        }
    }
    finally {
        Remove-Item -LiteralPath $scratch -Recurse -Force -ErrorAction Ignore
    }

    Get-ChildItem $target | Out-Host
}

function Invoke-PictureTask {
    Import-Module ./docs/SessionPicture.psm1 -Force
    $folder = [System.IO.Directory]::CreateTempSubdirectory('apprunner-picture-').FullName
    try {
        # A clone, as a reader has it, with what the example uses: files only, no output of builds.
        $application = New-Item (Join-Path $folder examples/webapp) -ItemType Directory
        Get-ChildItem examples/webapp -File -Force | Copy-Item -Destination $application
        $git = @('-C', $folder, '-c', 'user.name=Session', '-c', 'user.email=session@localhost', '-c', 'commit.gpgSign=false')
        Invoke-Native git ($git + 'init', '--quiet', '--initial-branch=main')
        Invoke-Native git ($git + 'add', '--all')
        Invoke-Native git ($git + 'commit', '--quiet', '--message', 'Version 1')

        $svg = New-SessionPicture -Page README.md -Module (Resolve-Path out/AppRunner/AppRunner.psd1) -Folder $folder
        Set-Content -LiteralPath docs/images/session.svg -Value $svg -Encoding utf8NoBOM
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }
}

function Invoke-AnalyzeTask {
    Invoke-Native dotnet @('format', 'Module.sln', '--verify-no-changes')
    if (-not (Test-Installed PSScriptAnalyzer 1.21)) {
        Write-Warning 'PSScriptAnalyzer 1.21 or newer is not installed: the scripts were not checked.'
        return
    }

    Import-Module PSScriptAnalyzer -MinimumVersion 1.21
    $violations = @(
        Get-Item build.ps1, docs/*.psm1, packaging/*.ps1, out/AppRunner/AppRunner.psd1 | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName }

        # Pester uses variables across blocks. Windows PowerShell runs these files too.
        $settings = @{
            IncludeDefaultRules = $true
            ExcludeRules        = @('PSUseDeclaredVarsMoreThanAssignments')
            Rules               = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1', '7.4') } }
        }
        Get-Item tests/Pester/*.ps1 | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings $settings }

        # Examples write to the host.
        Get-Item examples/*.ps1, examples/automation/*.ps1 | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -ExcludeRule PSAvoidUsingWriteHost }

        # Code blocks of the pages.
        foreach ($page in Get-Item README.md, docs/*.md, docs/en-US/*.md) {
            foreach ($block in [regex]::Matches((Get-Content -LiteralPath $page.FullName -Raw), '(?ms)^```powershell\r?\n(.*?)^```')) {
                Invoke-ScriptAnalyzer -ScriptDefinition $block.Groups[1].Value |
                    Select-Object @{ Name = 'ScriptName'; Expression = { $page.Name } }, Line, Severity, RuleName, Message
            }
        }
    )
    $violations | Out-Host
    if ($violations.Count -gt 0) { throw "PSScriptAnalyzer has $($violations.Count) problems." }
}

$pester = @{ Module = $Module; PesterVersion = $PesterVersion; ResultFile = $ResultFile; ResultFormat = $ResultFormat }

Push-Location $PSScriptRoot
try {
    # 'pwsh ./build.ps1 -Task Build,Test' passes one string.
    foreach ($name in $Task -split ',' | ForEach-Object Trim) {
        "== $name"
        switch ($name) {
            Build { Invoke-BuildTask $Configuration }
            Test {
                Invoke-Native dotnet @('test', '--configuration', $Configuration)
                Invoke-PesterTask @pester
            }
            Pester { Invoke-PesterTask @pester }
            Docs { Invoke-DocsTask }
            Picture { Invoke-PictureTask }
            Package { Invoke-PackageTask $CertificateThumbprint }
            Analyze { Invoke-AnalyzeTask }
            default { throw 'There is no such task. Tasks: Build, Test, Pester, Docs, Picture, Package, Analyze.' }
        }
    }
}
catch {
    [Console]::Error.WriteLine("$name failed: $_")
    exit 1
}
finally {
    Pop-Location
}

exit 0
