#requires -Version 5.1
BeforeDiscovery {
    . "$PSScriptRoot/Suite.ps1"
    $cmdlets = (Get-Command -Module AppRunner).Name
}

Describe 'Help' {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
    }

    It 'is found by Get-Help for <_>' -ForEach $cmdlets {
        $cmdlet = $_
        $help = Get-Help $cmdlet -Full
        $help.Synopsis | Should -Not -BeLike "$cmdlet *"
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        $described = @($help.parameters.parameter | Where-Object { $_.description.Text }).name
        (Get-Command $cmdlet).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.PSCmdlet]::CommonParameters -and $_ -notin $described } | Should -BeNullOrEmpty
    }

    It 'is found by Get-Help for about_<_>' -ForEach 'AppRunner', 'ARAuthentication', 'ARLocalEndpoint', 'ARWaitingAndErrors' {
        Get-Help "about_$_" | Should -BeLike "TOPIC*about_$_*"
    }
}
