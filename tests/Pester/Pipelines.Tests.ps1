#requires -Version 5.1
Describe 'Pipelines' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint @{ ServiceQuota = 1000 }
        $script:made = 1..45 | ForEach-Object { @{ ServiceName = 'line-{0:00}' -f $_; ImageIdentifier = $image; Cpu = 1 + $_ % 2; Memory = 4 } } | New-ARService -Wait
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    Context 'What goes in' {
        It 'takes an ordered hashtable with objects and hashtables nested in it' {
            $definition = [ordered]@{
                ServiceName              = 'in-ordered'
                SourceConfiguration      = [pscustomobject]@{
                    ImageRepository = [ordered]@{
                        ImageIdentifier     = $image
                        ImageRepositoryType = 'ECR_PUBLIC'
                        ImageConfiguration  = @{ Port = 9000; RuntimeEnvironmentVariables = [pscustomobject]@{ STAGE = 'dev' } }
                    }
                }
                HealthCheckConfiguration = [pscustomobject]@{ protocol = 'http'; PATH = '/ok' }
                Tags                     = @(@{ Key = 'team'; Value = 'web' }, [pscustomobject]@{ Key = 'env'; Value = 'dev' })
            }
            $service = [pscustomobject]$definition | New-ARService
            $service.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables['STAGE'] | Should -Be 'dev'
            $service.HealthCheckConfiguration.Protocol | Should -BeExactly 'HTTP'
            ($service | Get-ARResourceTag | Sort-Object Key).Value | Should -Be @('dev', 'web')
        }

        It 'takes a definition for -<parameter> as <what>' -ForEach @(
            @{ parameter = 'HealthCheckConfiguration'; what = 'a hashtable'; make = { @{ Interval = 9 } } }
            @{ parameter = 'HealthCheckConfiguration'; what = 'an ordered hashtable'; make = { [ordered]@{ interval = '9' } } }
            @{ parameter = 'HealthCheckConfiguration'; what = 'a custom object'; make = { [pscustomobject]@{ INTERVAL = 9 } } }
            @{ parameter = 'HealthCheckConfiguration'; what = 'JSON'; make = { '{ "Interval": 9 }' | ConvertFrom-Json } }
            @{ parameter = 'HealthCheckConfiguration'; what = 'a config object'; make = { New-ARHealthCheckConfig -Interval 9 } }
            @{ parameter = 'HealthCheckConfiguration'; what = 'the one of another service'; make = { (Update-ARService line-02 -HealthCheckConfiguration @{ Interval = 9 } -Wait).HealthCheckConfiguration } }
        ) {
            $arguments = @{ $parameter = & $make }
            (Update-ARService line-01 @arguments -Wait).HealthCheckConfiguration.Interval | Should -Be 9
            Update-ARService line-01 -HealthCheckConfiguration @{ Interval = 5 } -Wait | Out-Null
        }

        It 'takes names, ARNs and objects in one pipeline, once each' {
            'line-01', $made[1].ServiceArn, $made[2], [pscustomobject]@{ ServiceName = 'line-04' }, @{ ServiceArn = $made[4].ServiceArn } |
                Get-ARService | ForEach-Object ServiceName | Sort-Object | Should -Be @('line-01', $made[1].ServiceName, $made[2].ServiceName, 'line-04', $made[4].ServiceName | Sort-Object)
        }

        It 'does nothing for an empty pipeline' {
            @() | Get-ARService | Should -BeNullOrEmpty
            Get-ARService nothing-* | Remove-ARService -Confirm:$false
            @(Get-ARService line-*).Count | Should -Be 45
        }

        It 'splats parameters, and a definition beside them' {
            $connection = @{ Region = 'us-east-1' }
            $definition = @{ ServiceName = 'in-splat'; ImageIdentifier = $image; Tag = @{ a = 'b' } }
            (New-ARService @definition @connection -Wait).Status | Should -Be 'RUNNING'
            (Remove-ARService in-splat @connection -Confirm:$false -Wait).Status | Should -Be 'DELETED'
        }

        It 'reads a service''s JSON from a file that ConvertTo-Json wrote' {
            Get-ARService line-01 -Detailed | ConvertTo-Json -Depth 10 | Set-Content TestDrive:/line.json
            (New-ARService -Path TestDrive:/line.json -ServiceName in-json -Wait).InstanceConfiguration.Cpu | Should -Be '2048'
        }

        It 'reads a CSV file that Export-Csv wrote' {
            Get-ARService line-0* | Select-Object ServiceName, Region | Export-Csv TestDrive:/lines.csv -NoTypeInformation
            @(Import-Csv TestDrive:/lines.csv | Get-ARService -Detailed).Count | Should -Be 9
        }
    }

    Context 'What comes out' {
        It 'stops a bulk change at Select-Object -First without an error' {
            $Error.Clear()
            $first = Get-ARService line-4* | Start-ARDeployment -ThrottleLimit 1 -Wait | Select-Object -First 1
            $first.Status | Should -Be 'RUNNING'
            $Error.Count | Should -Be 0
            Get-ARService line-4* | Wait-AROperation | Out-Null
        }

        It 'goes through Where-Object, Sort-Object, Group-Object and Measure-Object' {
            @(Get-ARService line-* | Where-Object Status -EQ RUNNING).Count | Should -Be 45
            (Get-ARService line-* | Sort-Object ServiceName -Descending | Select-Object -First 2).ServiceName | Should -Be @('line-45', 'line-44')
            $groups = Get-ARService line-* -Detailed | Group-Object { $_.InstanceConfiguration.Cpu } | Sort-Object Name
            $groups.Name | Should -Be @('1024', '2048')
            $groups | ForEach-Object Count | Should -Be @(22, 23)
            (Get-ARService line-* | Measure-Object).Count | Should -Be 45
        }

        It 'compares the settings of two services' {
            $one = Get-ARService line-01 -Detailed
            $two = Get-ARService line-02 -Detailed
            $differences = Compare-Object $one.InstanceConfiguration $two.InstanceConfiguration -Property Cpu, Memory
            $differences.Cpu | Sort-Object | Should -Be @('1024', '2048')
            Compare-Object $one.SourceConfiguration.ImageRepository $two.SourceConfiguration.ImageRepository -Property ImageIdentifier, ImageRepositoryType | Should -BeNullOrEmpty
            Compare-Object $one $two -Property ServiceName -PassThru | ForEach-Object SideIndicator | Should -Be @('=>', '<=')
        }

        It 'fills -OutVariable, and -PipelineVariable for what comes after' {
            $found = Get-ARService line-01, line-02 -OutVariable kept -PipelineVariable service | ForEach-Object { $service.ServiceName }
            $found | Sort-Object | Should -Be @('line-01', 'line-02')
            $kept.Count | Should -Be 2
        }

        It 'expands, selects and assigns as all objects do' {
            Get-ARService line-01 -Detailed | Select-Object -ExpandProperty InstanceConfiguration | ForEach-Object Memory | Should -Be '4096'
            $row = Get-ARService line-01 | Select-Object ServiceName, @{ Name = 'Host'; Expression = { $_.ServiceUrl } }
            $row.Host | Should -BeLike '*.awsapprunner.com'
            (Get-ARService line-01 -Detailed | ConvertTo-Json -Depth 10 | ConvertFrom-Json).HealthCheckConfiguration.Interval | Should -Be 5
        }
    }

    Context 'Export-Clixml' {
        It 'keeps what a copy needs: an image with its environment' {
            $original = New-ARService xml-from $image -Port 9000 -EnvironmentVariable @{ STAGE = 'dev'; LANG = 'en' } -HealthCheckConfiguration @{ Interval = 7 } -Wait
            $original | Export-Clixml TestDrive:/service.xml
            $read = Import-Clixml TestDrive:/service.xml
            $copy = $read | New-ARService -ServiceName xml-to
            $copy.SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '9000'
            $copy.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables['LANG'] | Should -Be 'en'
            $copy.HealthCheckConfiguration.Interval | Should -Be 7
            $copy.NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible | Should -BeTrue
            ($read | Get-ARService).ServiceArn | Should -Be $original.ServiceArn
            $read | Format-Table | Out-String | Should -Match 'xml-from\s+RUNNING'
        }

        It 'keeps a source down to its variables' {
            New-ARSourceConfig -RepositoryUrl https://github.com/owner/site -ConnectionArn arn:aws:apprunner:us-east-1:000000000000:connection/github/0123456789abcdef0123456789abcdef -Runtime nodejs_22 -EnvironmentVariable @{ STAGE = 'dev' } |
                Export-Clixml TestDrive:/source.xml
            $source = Import-Clixml TestDrive:/source.xml
            { New-ARService xml-source -SourceConfiguration $source -WhatIf -ErrorAction Stop } | Should -Not -Throw
            $source.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables['STAGE'] | Should -Be 'dev'
        }
    }

    It 'carries two hundred services through a pipeline, and stops upstream at Select-Object -First' {
        $services = 1..200 | ForEach-Object { @{ ServiceName = "big-$_"; ImageIdentifier = $image } } | New-ARService -ThrottleLimit 32 -Wait
        $services.Count | Should -Be 200
        $services | Where-Object Status -NE RUNNING | Should -BeNullOrEmpty
        @($services | Get-ARService).Count | Should -Be 200

        # What is read ahead is bounded: pages that nobody wants are not asked for.
        $Error.Clear()
        $before = $endpoint.RequestCount
        (Get-ARService | Select-Object -First 1).ServiceName | Should -Not -BeNullOrEmpty
        $first = $endpoint.RequestCount - $before
        $Error.Count | Should -Be 0
        $before = $endpoint.RequestCount
        Get-ARService | Out-Null
        $first | Should -BeLessThan ($endpoint.RequestCount - $before)

        @($services | Remove-ARService -ThrottleLimit 32 -Confirm:$false -Wait | Where-Object Status -EQ DELETED).Count | Should -Be 200
    }
}
