#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, documents and checks the AppRunner module.

.DESCRIPTION
    Build    Builds everything; the importable module is in out/AppRunner afterwards.
    Test     Runs 'dotnet test', then Pester.
    Pester   Runs tests/Pester/Run.ps1, with the Pester that is installed or can be restored. Without one it says so and goes on.
    Docs     Makes the files that Get-Help reads (src/Module/en-US) from the pages in docs/en-US, with Microsoft.PowerShell.PlatyPS.
    Picture  Types docs/images/session.ps1 into a real session and makes the README's picture. The module must have been built.
    Package  Makes the package for the PowerShell Gallery, out/AppRunner.<version>.nupkg, and its SBOM, as 'dotnet build packaging -t:Package' does.
    Analyze  Runs 'dotnet format --verify-no-changes', then PSScriptAnalyzer over all scripts. Without PSScriptAnalyzer it says so and goes on.

    The tasks run in the order in which they are given. The exit code is 0 when all have succeeded, else 1.

.EXAMPLE
    ./build.ps1

    Builds everything.

.EXAMPLE
    ./build.ps1 -Task Docs, Build, Test, Analyze

    All that a change of the cmdlets asks for.
#>
[CmdletBinding()]
param(
    # What to do.
    [Parameter(Position = 0)]
    [ArgumentCompletions('Build', 'Test', 'Pester', 'Docs', 'Picture', 'Package', 'Analyze')]
    [string[]]$Task = 'Build',

    # How to compile. The package is always made of a release build.
    [ValidateSet('Debug', 'Release')]
    [string]$Configuration = 'Debug',

    # Pester: what is tested instead of out/AppRunner: the path or the name of another build of the module.
    [string]$Module,

    # Pester: exactly this version of it. Default: the newest that is installed, else the pinned package.
    [string]$PesterVersion,

    # Pester: a file for the results, as CI reads them. Default: none.
    [string]$ResultFile,

    # Pester: how the results are written.
    [ValidateSet('NUnitXml', 'NUnit2.5', 'NUnit3', 'JUnitXml')]
    [string]$ResultFormat = 'NUnitXml',

    # Package: the certificate to sign the files with, on Windows: of the stores My of the user or the machine.
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
    # A process of its own: the module's dlls stay loaded, and locked on Windows, as long as the process lives.
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
        # The application as somebody has it on his disk: a git repository with nothing built in it.
        New-Item (Join-Path $folder shop) -ItemType Directory | Out-Null
        Get-ChildItem examples/webapp -File -Force | Copy-Item -Destination (Join-Path $folder shop)
        $git = @('-C', (Join-Path $folder shop), '-c', 'user.name=Session', '-c', 'user.email=session@localhost', '-c', 'commit.gpgSign=false')
        Invoke-Native git ($git + 'init', '--quiet', '--initial-branch=main')
        Invoke-Native git ($git + 'add', '--all')
        Invoke-Native git ($git + 'commit', '--quiet', '--message', 'Version 1')

        $svg = New-SessionPicture -Script docs/images/session.ps1 -Module (Resolve-Path out/AppRunner/AppRunner.psd1) -Folder $folder
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
    $findings = @(
        Get-Item build.ps1, docs/*.psm1, packaging/*.ps1, out/AppRunner/AppRunner.psd1 | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName }

        # Pester carries variables from one block into another. Windows PowerShell reads these files too.
        $settings = @{
            IncludeDefaultRules = $true
            ExcludeRules        = @('PSUseDeclaredVarsMoreThanAssignments')
            Rules               = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1', '7.4') } }
        }
        Get-Item tests/Pester/*.ps1 | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings $settings }

        # Examples write to the user's console.
        Get-Item examples/*.ps1 | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -ExcludeRule PSAvoidUsingWriteHost }

        # The session of a picture ends before all its variables are used.
        Get-Item docs/images/*.ps1 | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -ExcludeRule PSUseDeclaredVarsMoreThanAssignments }

        # Code blocks of the help pages must be valid as they are.
        foreach ($page in Get-Item README.md, docs/*.md, docs/en-US/*.md) {
            foreach ($block in [regex]::Matches((Get-Content -LiteralPath $page.FullName -Raw), '(?ms)^```powershell\r?\n(.*?)^```')) {
                Invoke-ScriptAnalyzer -ScriptDefinition $block.Groups[1].Value |
                    Select-Object @{ Name = 'ScriptName'; Expression = { $page.Name } }, Line, Severity, RuleName, Message
            }
        }
    )
    $findings | Out-Host
    if ($findings.Count -gt 0) { throw "PSScriptAnalyzer has $($findings.Count) findings." }
}

$pester = @{ Module = $Module; PesterVersion = $PesterVersion; ResultFile = $ResultFile; ResultFormat = $ResultFormat }

Push-Location $PSScriptRoot
try {
    # 'pwsh ./build.ps1 -Task Build,Test' comes as one text.
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
            default { throw 'there is no such task; the tasks are Build, Test, Pester, Docs, Picture, Package and Analyze.' }
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
