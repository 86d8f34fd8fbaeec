#requires -Version 5.1
Describe 'The session' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    Context 'Context' {
        AfterEach { Select-TestEndpoint $endpoint }

        It 'connects to an endpoint by URL and keys, as another process would' {
            Set-ARContext us-east-1 -EndpointUrl $endpoint.EndpointUrl -Credential @{ AccessKey = $endpoint.AccessKey; SecretKey = $endpoint.SecretKey }
            (Get-ARContext).IsLocal | Should -BeFalse
            { Get-ARService -ErrorAction Stop } | Should -Not -Throw
        }
    }

    Context 'Local endpoints' -Tag InProcess {
        It 'runs several, each with its own services' {
            $other = Start-ARLocalEndpoint
            try {
                New-ARService on-other $image | Out-Null
                @(Get-ARLocalEndpoint).Count | Should -Be 2
                (Get-ARLocalEndpoint -Port $other.Port).EndpointUrl | Should -Be $other.EndpointUrl
            }
            finally {
                $other | Stop-ARLocalEndpoint
            }

            Get-ARService on-other* | Should -BeNullOrEmpty
        }
    }

    Context 'Completion' {
        It 'completes <offer> as a key of a hashtable: <line>' -ForEach @(
            @{ line = 'New-ARService web image -HealthCheckConfiguration @{ Int'; offer = 'Interval' }
            @{ line = 'Update-ARService web -InstanceConfiguration @{ Cpu = 1; M'; offer = 'Memory' }
            @{ line = 'New-ARService web -SourceConfiguration @{ Image'; offer = 'ImageRepository' }
        ) {
            Complete $line | Should -Contain $offer
        }

        It 'completes parameters, values and properties of the output: <line>' -ForEach @(
            @{ line = 'New-ARService -Health'; offer = '-HealthCheckConfiguration' }
            @{ line = 'Remove-ARService x -Conf'; offer = '-Confirm' }
            @{ line = 'Get-ARService | Where-Object Sta'; offer = 'Status' }
            @{ line = '(Get-ARService).ServiceU'; offer = 'ServiceUrl' }
            @{ line = 'Get-ARServiceLog web -Kind D'; offer = 'Deployment' }
        ) {
            Complete $line | Should -Contain $offer
        }
    }

    Context 'Views' {
        BeforeAll {
            New-ARService view-one $image -Wait | Out-Null
        }

        It 'shows full local times with their offset in tables' {
            New-ARService view-times $image -Wait | Format-Table | Out-String -Width 120 | Should -Match ' \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d'
            Get-AROperation view-times | Format-Table | Out-String -Width 140 | Should -Match ' \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d +00:00:0\d\s'
        }

        It 'fits <width> columns: <command>' -ForEach @(
            foreach ($width in 80, 120) {
                foreach ($command in 'Get-ARService view-one', 'Get-ARService view-one | Format-Table', 'Get-ARService view-one -Detailed | Format-List', 'Get-ARService view-* | Format-Wide', 'Get-AROperation view-one', 'Get-ARContext') {
                    @{ width = $width; command = $command }
                }
            }
        ) {
            $lines = & ([scriptblock]::Create($command)) | Out-String -Width $width -Stream
            $lines | Where-Object { $_ } | Should -Not -BeNullOrEmpty
            $lines | ForEach-Object { $_.TrimEnd().Length } | Should -BeLessOrEqual $width
        }

        It 'truncates lists at $FormatEnumerationLimit' {
            $connector = New-ARVpcConnector view-net subnet-0123456789abcdef0, subnet-0123456789abcdef1
            $before = $global:FormatEnumerationLimit
            try {
                $global:FormatEnumerationLimit = 1
                $connector | Select-Object Subnets | Format-List | Out-String | Should -Match "subnet-0123456789abcdef0(\.\.\.|$([char]0x2026))"
                $global:FormatEnumerationLimit = -1
                $connector | Format-List | Out-String -Width 120 | Should -Match 'subnet-0123456789abcdef0, subnet-0123456789abcdef1'
            }
            finally {
                $global:FormatEnumerationLimit = $before
            }
        }
    }
}
