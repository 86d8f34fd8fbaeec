#requires -Version 5.1
Describe 'The module' {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
    }

    AfterEach {
        Get-Module AppRunner | Remove-Module -Force
        Import-Module $modulePath
    }

    It 'exports exactly the cmdlets of its manifest, each with an approved verb and the prefix AR' {
        $manifest = Test-ModuleManifest $modulePath
        $commands = Get-Command -Module AppRunner
        $commands.Name | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
        $commands.CommandType | Select-Object -Unique | Should -Be 'Cmdlet'
        $commands.Noun | Should -BeLike 'AR*'
        $commands.Verb | Select-Object -Unique | Should -BeIn (Get-Verb).Verb
        (Get-Module AppRunner).ExportedVariables.Count + (Get-Module AppRunner).ExportedAliases.Count | Should -Be 0
        $commands.Version | Select-Object -Unique | Should -Be $manifest.Version
    }

    It 'is found by verb, noun and parameter' {
        (Get-Command -Module AppRunner -Verb Wait).Name | Should -Be 'Wait-AROperation'
        (Get-Command -Module AppRunner -Noun ARService -Verb Get, New).Name | Sort-Object | Should -Be @('Get-ARService', 'New-ARService')
        (Get-Command -Module AppRunner -ParameterName AllowExecution).Name | Should -Be 'Start-ARLocalEndpoint'
        (Get-Command Remove-ARService -Syntax) | Should -Match '\[-WhatIf\]'
    }

    It 'can be imported twice, and with -Force, without a warning' {
        Import-Module $modulePath -WarningVariable warned
        Import-Module $modulePath -Force -WarningVariable +warned -DisableNameChecking:$false
        $warned | Should -BeNullOrEmpty
        @(Get-Module AppRunner).Count | Should -Be 1
        (New-ARInstanceConfig 1 2).Cpu | Should -Be '1 vCPU'
    }

    It 'keeps the local endpoint when it is imported again' -Tag InProcess, Endpoint {
        $endpoint = Start-ARLocalEndpoint
        Import-Module $modulePath
        (Get-ARLocalEndpoint).EndpointUrl | Should -Be $endpoint.EndpointUrl
        Get-ARService | Should -BeNullOrEmpty
        Stop-ARLocalEndpoint
    }

    It 'can be imported with a prefix' {
        Remove-Module AppRunner
        Import-Module $modulePath -Prefix My
        (New-MyARInstanceConfig 1 2).Memory | Should -Be '2 GB'
        { Get-MyARService missing -EndpointUrl http://127.0.0.1:1 -Region us-east-1 -AccessKey AKIDEXAMPLE -SecretKey secret -ErrorAction Stop } | Should -Throw -ErrorId 'NetworkError,*'
        (Get-MyARContext).psobject.TypeNames[0] | Should -Be 'AppRunner.Context.ConnectionContext'
    }

    It 'stops the endpoints that the session started when it is removed' -Tag InProcess, Endpoint {
        $endpoint = Start-ARLocalEndpoint
        Remove-Module AppRunner
        $endpoint.IsRunning | Should -BeFalse
        Get-Module AppRunner | Should -BeNullOrEmpty
    }

    It 'is loaded automatically from a folder of $env:PSModulePath' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive modules/AppRunner) -Force
        Copy-Item (Join-Path (Split-Path $modulePath) *) $folder -Recurse
        $before = $env:PSModulePath
        $env:PSModulePath = (Split-Path $folder) + [System.IO.Path]::PathSeparator + $before
        try {
            $text = Invoke-Shell '(New-ARInstanceConfig 1 2).Memory; (Get-Module AppRunner).ModuleBase'
        }
        finally {
            $env:PSModulePath = $before
        }

        $text[0] | Should -Be '2 GB'
        $text[1] | Should -Be $folder.FullName
    }
}
