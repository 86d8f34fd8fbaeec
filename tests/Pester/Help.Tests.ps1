#requires -Version 7.4
BeforeDiscovery {
    . "$PSScriptRoot/Import.ps1"
    $cmdlets = (Get-Command -Module AppRunner).Name
}

Describe 'Help' {
    BeforeAll {
        . "$PSScriptRoot/Import.ps1"
    }

    It 'is found by Get-Help for <_>' -ForEach $cmdlets {
        $cmdlet = $_
        $help = Get-Help $cmdlet -Full
        $help.Synopsis | Should -Not -BeLike "$cmdlet *"
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        foreach ($name in (Get-Command $cmdlet).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.PSCmdlet]::CommonParameters }) {
            (Get-Help $cmdlet -Parameter $name).description.Text | Should -Not -BeNullOrEmpty -Because "-$name wants a description"
        }
    }

    It 'is found by Get-Help for about_<_>' -ForEach 'AppRunner', 'ARAuthentication', 'ARLocalEndpoint', 'ARWaitingAndErrors' {
        Get-Help "about_$_" | Should -BeLike "TOPIC*about_$_*"
    }

    It 'has a row for every error id' {
        $topic = Get-Help about_ARWaitingAndErrors
        foreach ($id in [AppRunner.Model.ErrorIds].GetFields().Name) {
            $topic | Should -Match "(?m)^    $id$"
        }
    }

    It 'has examples that run as they stand: <_>' -ForEach $cmdlets {
        $page = Get-Content -LiteralPath "$PSScriptRoot/../../docs/en-US/$_.md" -Raw
        $examples = [regex]::Matches($page, '(?s)### (Example \d+)[^\n]*\n\n```powershell\n(.*?)\n```')
        $examples.Count | Should -BeGreaterOrEqual 2
        $PSDefaultParameterValues['Start-ARLocalEndpoint:OperationDuration'] = 0.05
        $ErrorActionPreference = 'Stop'
        try {
            foreach ($example in $examples) {
                # What an example means to fail, it catches or silences.
                try { . ([scriptblock]::Create($example.Groups[2].Value)) *>$null }
                catch { throw "$($example.Groups[1].Value): $_" }
            }
        }
        finally {
            $PSDefaultParameterValues.Remove('Start-ARLocalEndpoint:OperationDuration')
            Clear-ARContext
            Stop-ARLocalEndpoint
        }
    }
}
