#requires -Version 5.1
Describe 'Resources beside services' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint
        $script:subnets = 'subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    Context 'Auto scaling' {
        It 'makes revisions and finds them' {
            New-ARAutoScalingConfiguration peaks -MaxConcurrency 50 -MinSize 2 -MaxSize 10 | Out-Null
            (Get-ARAutoScalingConfiguration peaks | New-ARAutoScalingConfiguration -MaxSize 20).AutoScalingConfigurationRevision | Should -Be 2
            (Get-ARAutoScalingConfiguration peaks).MaxSize | Should -Be @(10, 20)
            (Get-ARAutoScalingConfiguration peaks/1).MaxSize | Should -Be 10
            (Get-ARAutoScalingConfiguration peaks -Latest).AutoScalingConfigurationRevision | Should -Be 2
            @(Get-ARAutoScalingConfiguration -Latest | Where-Object AutoScalingConfigurationName -EQ peaks).Count | Should -Be 1
        }

        It 'leads from configurations to services and back' {
            $configuration = New-ARAutoScalingConfiguration steady
            $service = New-ARService scaled-web $image -AutoScalingConfigurationArn $configuration -Wait
            (Get-ARService -AutoScalingConfigurationArn steady).ServiceName | Should -Be 'scaled-web'
            ($configuration | Get-ARService).ServiceArn | Should -Be $service.ServiceArn
            ($service | Get-ARAutoScalingConfiguration).AutoScalingConfigurationArn | Should -Be $configuration.AutoScalingConfigurationArn
            { $configuration | Remove-ARAutoScalingConfiguration -Confirm:$false -ErrorAction Stop } | Should -Throw '*1 service uses it*' -ErrorId 'InvalidParameter,*'
        }

        It 'has one default' {
            $before = Get-ARAutoScalingConfiguration | Where-Object IsDefault
            New-ARAutoScalingConfiguration usual | Set-ARDefaultAutoScalingConfiguration | Out-Null
            (Get-ARAutoScalingConfiguration | Where-Object IsDefault).AutoScalingConfigurationName | Should -Be 'usual'
            $before | Set-ARDefaultAutoScalingConfiguration | Out-Null
        }
    }

    Context 'Connections' {
        It 'are approved before a service uses them' -Tag InProcess {
            $connection = New-ARConnection github GITHUB -WarningVariable warning -WarningAction SilentlyContinue
            $connection.Status | Should -Be 'PENDING_HANDSHAKE'
            $warning | Should -BeLike '*Approve-ARConnection github*'
            ($connection | Approve-ARConnection).Status | Should -Be 'AVAILABLE'
            New-ARService code-web -RepositoryUrl https://github.com/octo/hello -Branch main -ConfigurationSource REPOSITORY -ConnectionArn $connection -Wait | Get-ARConnection | ForEach-Object ConnectionName | Should -Be 'github'
        }
    }

    Context 'Networks' {
        BeforeAll {
            New-ARVpcConnector database $subnets -SecurityGroups sg-0123456789abcdef0 | Out-Null
            New-ARService inner-web $image -NetworkConfiguration (New-ARNetworkConfig -VpcConnectorArn (Get-ARVpcConnector database) -IsPubliclyAccessible $false) -Wait | Out-Null
        }

        It 'reads rows of a CSV file' {
            $rows = @"
VpcConnectorName,Subnets,SecurityGroups,Tag
queue,subnet-0123456789abcdef0 subnet-0123456789abcdef1,,team=web;env=dev
cache,"subnet-0123456789abcdef0,subnet-0123456789abcdef1",sg-0123456789abcdef0,
"@ | ConvertFrom-Csv
            $connectors = $rows | New-ARVpcConnector
            $connectors.VpcConnectorName | Should -Be @('queue', 'cache')
            $connectors[0].Subnets | Should -Be $subnets
            $connectors[1].SecurityGroups | Should -Be 'sg-0123456789abcdef0'
            ($rows | Get-ARVpcConnector | Get-ARResourceTag -TagKey env).Value | Should -Be 'dev'
            ($rows | Remove-ARVpcConnector -Confirm:$false).Status | Should -Be @('INACTIVE', 'INACTIVE')
        }

        It 'opens a private service to a VPC' {
            $ingress = Get-ARService inner-web | New-ARVpcIngressConnection inside -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Wait
            $ingress.Status | Should -Be 'AVAILABLE'
            (Get-ARVpcIngressConnection -Service inner-web).VpcIngressConnectionName | Should -Be 'inside'
            ($ingress | Update-ARVpcIngressConnection -VpcEndpointId vpce-0123456789abcdef1 -Wait).IngressVpcConfiguration.VpcEndpointId | Should -Be 'vpce-0123456789abcdef1'
            ($ingress | Remove-ARVpcIngressConnection -Confirm:$false -Wait).Status | Should -Be 'DELETED'
        }

        It 'says when creating one failed' {
            $endpoint.SetNextOutcome('FAILED', 'CREATE_VPC_INGRESS_CONNECTION', 'broken')
            { New-ARVpcIngressConnection broken inner-web -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Wait -ErrorAction Stop } | Should -Throw '*FAILED_CREATION*' -ErrorId 'OperationFailed,*'
            Get-ARVpcIngressConnection broken | Remove-ARVpcIngressConnection -Confirm:$false -Wait | Out-Null
        }
    }

    Context 'Custom domains' {
        BeforeAll {
            New-ARService domain-web $image -Wait | Out-Null
            Add-ARCustomDomain domain-web shop.example.com -Wait | Out-Null
        }

        It 'exports the DNS records as they are' {
            Get-ARCustomDomain domain-web -DnsRecord | Export-Csv TestDrive:/records.csv
            $records = Import-Csv TestDrive:/records.csv
            $records[0].psobject.Properties.Name | Should -Be @('Name', 'Type', 'Value', 'Status', 'Purpose', 'DomainName')
            $records.Purpose | Should -Be @('Certificate', 'Certificate', 'Certificate', 'Traffic', 'Traffic')
            $records[0].Name | Should -BeLike '_*.shop.example.com.'
            $records[-1].Name | Should -Be 'www.shop.example.com'
            $records[-1].Value | Should -Be (Get-ARService domain-web).ServiceUrl
        }

        It 'is active once the records are found' {
            $deadline = [datetime]::UtcNow.AddSeconds(20)
            do { $domain = Get-ARCustomDomain domain-web } until ($domain.Status -eq 'ACTIVE' -or [datetime]::UtcNow -gt $deadline)
            $domain.Status | Should -Be 'ACTIVE'
            $domain.CertificateValidationRecords.Status | Should -Be @('SUCCESS', 'SUCCESS', 'SUCCESS')
        }

        It 'takes a wildcard, which is its name and no pattern' {
            (Add-ARCustomDomain domain-web *.example.org -Wait).EnableWWWSubdomain | Should -BeFalse
            (Get-ARCustomDomain domain-web *.example.org).DomainName | Should -Be '*.example.org'
            Get-ARCustomDomain domain-web *.example.org | Remove-ARCustomDomain -Confirm:$false -Wait | Out-Null
            (Get-ARCustomDomain domain-web).DomainName | Should -Be 'shop.example.com'
        }
    }

    Context 'Tags' {
        It 'puts an environment to sleep and wakes it' {
            'night-one', 'night-two', 'day-one' | ForEach-Object { New-ARService $_ $image -Wait } | Out-Null
            Get-ARService night-* | Where-Object Status -EQ RUNNING | Add-ARResourceTag -Tag @{ env = 'dev'; team = 'web' }
            (Get-ARService -Tag @{ env = 'dev' } | Suspend-ARService -Wait).Status | Should -Be @('PAUSED', 'PAUSED')
            (Get-ARService day-one).Status | Should -Be 'RUNNING'
            (Get-ARService -Tag @{ env = 'd*'; team = $null } -Status PAUSED | Resume-ARService -Wait).Count | Should -Be 2
        }

        It 'goes no further with a filter that is none' {
            { Get-ARService -Tag @{ env = 'dev', 'prod' } | Suspend-ARService } | Should -Throw '*Tag.env*' -ErrorId 'InvalidParameter,*'
            Get-ARService -Status PAUSED | Should -BeNullOrEmpty
        }

        It 'is on every kind of resource' {
            $resources = @(
                New-ARAutoScalingConfiguration tagged-scale
                New-ARConnection tagged-code GITHUB -WarningAction SilentlyContinue
                New-ARObservabilityConfiguration tagged-trace AWSXRAY
                New-ARVpcConnector tagged-net $subnets
                New-ARService tagged-web $image -NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $false } } -Wait
                New-ARVpcIngressConnection tagged-in tagged-web -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Wait
            )
            $resources | Add-ARResourceTag -Tag @{ owner = 'me' } -PassThru | Should -HaveCount 6
            ($resources | Get-ARResourceTag -TagKey owner).Value | Should -Be (@('me') * 6)
            $resources | Get-ARResourceTag | Remove-ARResourceTag -Confirm:$false
            $resources | Get-ARResourceTag | Should -BeNullOrEmpty
        }
    }

    Context 'All of them' {
        BeforeAll {
            New-ARObservabilityConfiguration all-traces AWSXRAY | Out-Null
            New-ARConnection all-code BITBUCKET -WarningAction SilentlyContinue | Out-Null
            New-ARService all-web $image -NetworkConfiguration @{ IngressConfiguration = @{ IsPubliclyAccessible = $false } } -Wait | Out-Null
            New-ARVpcIngressConnection all-in all-web -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Wait | Out-Null
            New-ARVpcConnector all-net $subnets | Out-Null
            Add-ARCustomDomain all-web all.example.com -Wait | Out-Null
        }

        It 'survives JSON: <_>' -ForEach @(
            'Get-ARAutoScalingConfiguration DefaultConfiguration'
            'Get-ARObservabilityConfiguration all-traces'
            'Get-ARConnection all-code'
            'Get-ARVpcConnector all-net'
            'Get-ARVpcIngressConnection all-in'
        ) {
            $command, $name = $_ -split ' '
            $resource = & $command $name
            ($resource | ConvertTo-Json -Depth 5 | ConvertFrom-Json | & $command).ResourceArn | Should -Be $resource.ResourceArn
        }

        It 'fits the screen: <_>' -ForEach @(
            'Get-ARAutoScalingConfiguration DefaultConfiguration'
            'Get-ARObservabilityConfiguration all-traces'
            'Get-ARConnection all-code'
            'Get-ARVpcConnector all-net'
            'Get-ARVpcIngressConnection all-in'
            'Get-ARCustomDomain all-web'
        ) {
            $command, $name = $_ -split ' '
            $table = & $command $name | Format-Table | Out-String -Width 120 -Stream | Where-Object { $_ }
            $table | Should -HaveCount 3
            $table | ForEach-Object TrimEnd | ForEach-Object Length | Should -BeLessOrEqual 120
            $table[2] | Should -Not -Match "$([char]0x2026)\s*$|arn:aws"
            & $command $name | Format-List | Out-String -Width 200 | Should -Match 'arn:aws:apprunner:'
        }

        It 'works in strict mode, with collections that are never null' {
            Set-StrictMode -Version Latest
            (Get-ARVpcConnector all-net).SecurityGroups.Count | Should -Be 1
            (Add-ARCustomDomain all-web empty.example.com).CertificateValidationRecords.Count | Should -Be 0
            (Get-ARCustomDomain all-web all.example.com).VpcDNSTargets.Count | Should -Be 1
            (Get-ARVpcConnector all-net).DeletedAt | Should -BeNullOrEmpty
            Get-ARVpcIngressConnection | ForEach-Object { $_.VpcIngressConnectionName, $_.ServiceName, $_.Region } | Should -Not -BeNullOrEmpty
        }

        It 'offers <offer> for: <line>' -ForEach @(
            @{ line = 'New-ARConnection x -ProviderType G'; offer = 'GITHUB' }
            @{ line = 'Get-ARConnection all-'; offer = 'all-code' }
            @{ line = 'Get-ARVpcConnector all-'; offer = 'all-net' }
            @{ line = 'Remove-ARVpcIngressConnection all-'; offer = 'all-in' }
            @{ line = 'Get-ARObservabilityConfiguration all-'; offer = 'all-traces' }
            @{ line = 'Add-ARCustomDomain all-'; offer = 'all-web' }
            @{ line = 'Get-ARService -AutoScalingConfigurationArn Def'; offer = 'DefaultConfiguration' }
        ) {
            Complete $line | Should -Contain $offer
        }

        It 'does nothing with -WhatIf' {
            $before = $endpoint.RequestCount
            New-ARVpcConnector not-there $subnets -WhatIf
            New-ARAutoScalingConfiguration not-there -WhatIf
            New-ARConnection not-there GITHUB -WhatIf
            New-ARObservabilityConfiguration not-there -WhatIf
            $endpoint.RequestCount | Should -Be $before
            Get-ARVpcConnector | Remove-ARVpcConnector -WhatIf
            Get-ARVpcConnector all-net | Should -Not -BeNullOrEmpty
        }
    }
}
