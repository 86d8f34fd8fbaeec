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

        It 'uses the local endpoint until an identity is chosen' -Tag InProcess {
            (Get-ARContext).IsLocal | Should -BeTrue
            Set-ARContext -ProfileName dev
            (Get-ARContext).IsLocal | Should -BeFalse
            Clear-ARContext
            (Get-ARContext).IsLocal | Should -BeTrue
        }

        It 'keeps a region, also for the local endpoint' -Tag InProcess {
            Set-ARContext eu-west-1
            (New-ARService in-ireland $image).Region | Should -Be 'eu-west-1'
        }

        It 'reaches an endpoint by address and keys, as another process would' {
            Set-ARContext us-east-1 -EndpointUrl $endpoint.EndpointUrl -Credential @{ AccessKey = $endpoint.AccessKey; SecretKey = $endpoint.SecretKey }
            (Get-ARContext).IsLocal | Should -BeFalse
            { Get-ARService -ErrorAction Stop } | Should -Not -Throw
        }

        It 'shows no secret key' {
            Set-ARContext us-east-1 -AccessKey AKIDEXAMPLE -SecretKey hush-hush -SessionToken hush-hush
            Get-ARContext | Format-List * | Out-String | Should -Not -BeLike '*hush-hush*'
            Get-ARContext | ConvertTo-Json | Should -Not -BeLike '*hush-hush*'
        }
    }

    Context 'Local endpoints' -Tag InProcess {
        It 'runs several, each with services of its own' {
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

        It 'says so where no endpoint runs on a port' {
            { Stop-ARLocalEndpoint -Port 1 -ErrorAction Stop } | Should -Throw -ErrorId 'LocalEndpointError,*'
        }
    }

    Context 'Completion' {
        It 'offers <offer> for: <line>' -ForEach @(
            @{ line = 'Get-ARService -Region eu-c'; offer = 'eu-central-1' }
            @{ line = 'Get-ARService -Status OP'; offer = 'OPERATION_IN_PROGRESS' }
            @{ line = 'New-ARSourceConfig -RepositoryUrl x -Runtime nodejs_2'; offer = 'NODEJS_22' }
            @{ line = 'New-ARService -Cpu 0.2'; offer = "'0.25 vCPU'" }
            @{ line = 'New-ARService -Cpu 0.25 -Memory '; offer = "'0.5 GB'" }
            @{ line = 'Get-AROperation web -Type START'; offer = 'START_DEPLOYMENT' }
            @{ line = 'New-ARNetworkConfig -EgressType V'; offer = 'VPC' }
            @{ line = 'Start-ARDep'; offer = 'Start-ARDeployment' }
        ) {
            Complete $line | Should -Contain $offer
        }

        It 'offers <offer> as a key of a definition: <line>' -ForEach @(
            @{ line = 'New-ARService web image -HealthCheckConfiguration @{ Int'; offer = 'Interval' }
            @{ line = 'Update-ARService web -InstanceConfiguration @{ Cpu = 1; M'; offer = 'Memory' }
            @{ line = 'New-ARService web -SourceConfiguration @{ Image'; offer = 'ImageRepository' }
        ) {
            Complete $line | Should -Contain $offer
        }

        It 'offers parameters, and members of what is written: <line>' -ForEach @(
            @{ line = 'New-ARService -Health'; offer = '-HealthCheckConfiguration' }
            @{ line = 'Remove-ARService x -Conf'; offer = '-Confirm' }
            @{ line = 'Get-ARService | Where-Object Sta'; offer = 'Status' }
            @{ line = '(Get-ARService).ServiceU'; offer = 'ServiceUrl' }
            @{ line = 'Get-ARServiceLog web -Kind D'; offer = 'Deployment' }
        ) {
            Complete $line | Should -Contain $offer
        }

        It 'offers only the memory that goes with the CPU' {
            Complete 'New-ARInstanceConfig -Cpu 2 -Memory ' | Should -Be @("'4 GB'", "'6 GB'")
        }

        It 'offers names that this session has seen, without a call' {
            New-ARService seen-before $image | Out-Null
            $before = $endpoint.RequestCount
            Complete 'Get-ARService seen-' | Should -Be 'seen-before'
            $endpoint.RequestCount | Should -Be $before
        }
    }

    Context 'Views' {
        It 'shows services in a table, one line each' {
            'view-one', 'view-two' | ForEach-Object { New-ARService $_ $image -Wait } | Out-Null
            $lines = Get-ARService view-* | Format-Table | Out-String -Width 120 -Stream | Where-Object { $_ }
            $lines[0] | Should -Match 'ServiceName\s+Status\s+ServiceUrl'
            $lines[2] | Should -Match '^view-one\s+RUNNING'
            $lines.Count | Should -Be 4
        }

        It 'cuts no time short in tables, and marks it as UTC' {
            New-ARService view-times $image -Wait | Format-Table | Out-String -Width 120 | Should -Match ' \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ'
            Get-AROperation view-times | Format-Table | Out-String -Width 140 | Should -Match ' \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +00:00:0\d\s'
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

        It 'has the name of a service in full, and its state, on a screen of 80 columns' {
            Get-ARService view-one | Format-Table | Out-String -Width 80 | Should -Match 'view-one +RUNNING +\S+\.awsapprunner\.com'
        }

        It 'cuts lists as $FormatEnumerationLimit says' {
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

        It 'shows neither environment variables nor commands, at any depth' {
            $service = New-ARService view-secret $image -EnvironmentVariable @{ API_KEY = 'hush-hush' } -StartCommand 'run hush-hush' -Wait
            foreach ($thing in $service, $service.SourceConfiguration, $service.SourceConfiguration.ImageRepository, $service.SourceConfiguration.ImageRepository.ImageConfiguration) {
                $thing | Out-String -Width 200 | Should -Not -BeLike '*hush-hush*'
                $thing | Format-List | Out-String -Width 200 | Should -Not -BeLike '*hush-hush*'
            }
        }
    }
}
