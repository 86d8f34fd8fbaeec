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

    Context 'Input' {
        It 'reads a service''s JSON from a file that ConvertTo-Json wrote' {
            Get-ARService line-01 -Detailed | ConvertTo-Json -Depth 10 | Set-Content TestDrive:/line.json
            (New-ARService -Path TestDrive:/line.json -ServiceName in-json -Wait).InstanceConfiguration.Cpu | Should -Be '2048'
        }

        It 'reads a CSV file that Export-Csv wrote' {
            Get-ARService line-0* | Select-Object ServiceName, Region | Export-Csv TestDrive:/lines.csv -NoTypeInformation
            @(Import-Csv TestDrive:/lines.csv | Get-ARService -Detailed).Count | Should -Be 9
        }
    }

    Context 'Output' {
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

        It 'supports -OutVariable and -PipelineVariable' {
            $found = Get-ARService line-01, line-02 -OutVariable kept -PipelineVariable service | ForEach-Object { $service.ServiceName }
            $found | Sort-Object | Should -Be @('line-01', 'line-02')
            $kept.Count | Should -Be 2
        }

        It 'works with Select-Object and assignments' {
            Get-ARService line-01 -Detailed | Select-Object -ExpandProperty InstanceConfiguration | ForEach-Object Memory | Should -Be '4096'
            $row = Get-ARService line-01 | Select-Object ServiceName, @{ Name = 'Host'; Expression = { $_.ServiceUrl } }
            $row.Host | Should -BeLike '*.simulated.invalid'
            (Get-ARService line-01 -Detailed | ConvertTo-Json -Depth 10 | ConvertFrom-Json).HealthCheckConfiguration.Interval | Should -Be 5
        }
    }

    Context 'Export-Clixml' {
        It 'keeps all members needed to copy an image with its environment' {
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

        It 'keeps nested members of a source configuration' {
            New-ARSourceConfig -RepositoryUrl https://github.com/owner/site -ConnectionArn arn:aws:apprunner:us-east-1:000000000000:connection/github/0123456789abcdef0123456789abcdef -Runtime nodejs_22 -EnvironmentVariable @{ STAGE = 'dev' } |
                Export-Clixml TestDrive:/source.xml
            $source = Import-Clixml TestDrive:/source.xml
            { New-ARService xml-source -SourceConfiguration $source -WhatIf -ErrorAction Stop } | Should -Not -Throw
            $source.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables['STAGE'] | Should -Be 'dev'
        }
    }
}
