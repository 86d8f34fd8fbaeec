#requires -Version 5.1
Describe 'Other resources' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint
        $script:subnets = 'subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    Context 'Auto scaling' {
        It 'creates and finds revisions' {
            New-ARAutoScalingConfiguration peaks -MaxConcurrency 50 -MinSize 2 -MaxSize 10 | Out-Null
            (Get-ARAutoScalingConfiguration peaks | New-ARAutoScalingConfiguration -MaxSize 20).AutoScalingConfigurationRevision | Should -Be 2
            (Get-ARAutoScalingConfiguration peaks).MaxSize | Should -Be @(10, 20)
            (Get-ARAutoScalingConfiguration peaks/1).MaxSize | Should -Be 10
            (Get-ARAutoScalingConfiguration peaks -Latest).AutoScalingConfigurationRevision | Should -Be 2
            @(Get-ARAutoScalingConfiguration -Latest | Where-Object AutoScalingConfigurationName -EQ peaks).Count | Should -Be 1
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

        It 'opens a private service to a VPC' {
            $ingress = Get-ARService inner-web | New-ARVpcIngressConnection inside -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Wait
            $ingress.Status | Should -Be 'AVAILABLE'
            (Get-ARVpcIngressConnection -Service inner-web).VpcIngressConnectionName | Should -Be 'inside'
            ($ingress | Update-ARVpcIngressConnection -VpcEndpointId vpce-0123456789abcdef1 -Wait).IngressVpcConfiguration.VpcEndpointId | Should -Be 'vpce-0123456789abcdef1'
            ($ingress | Remove-ARVpcIngressConnection -Confirm:$false -Wait).Status | Should -Be 'DELETED'
        }
    }

    Context 'Custom domains' {
        BeforeAll {
            New-ARService domain-web $image -Wait | Out-Null
            Add-ARCustomDomain domain-web shop.example.com -Wait | Out-Null
        }

        It 'exports the DNS records unchanged' {
            Get-ARCustomDomain domain-web -DnsRecord | Export-Csv TestDrive:/records.csv
            $records = Import-Csv TestDrive:/records.csv
            $records[0].psobject.Properties.Name | Should -Be @('Name', 'Type', 'Value', 'Status', 'Purpose', 'DomainName', 'Note')
            $records.Purpose | Should -Be @('Certificate', 'Certificate', 'Certificate', 'Traffic', 'Traffic')
            $records[0].Name | Should -BeLike '_*.shop.example.com'
            $records[-1].Name | Should -Be 'www.shop.example.com'
            $records[-1].Value | Should -Be (Get-ARService domain-web).ServiceUrl
        }
    }

    Context 'Tags' {
        It 'are supported on every kind of resource' {
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

        It 'fits the screen width: <_>' -ForEach @(
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
    }
}
