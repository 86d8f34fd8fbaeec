#requires -Version 5.1
Describe 'The language' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint
        New-ARService word-web $image -Wait | Out-Null
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    Context 'Strict mode' {
        It 'lets scripts read every property of the output: <_>' -ForEach @(
            'Get-ARService word-web', 'Get-ARService word-web -Detailed', 'Get-AROperation word-web', 'Get-ARContext', 'New-ARInstanceConfig 1 2'
            'New-ARHealthCheckConfig', 'New-ARSourceConfig public.ecr.aws/a/b:1', 'Get-ARAutoScalingConfiguration DefaultConfiguration', 'Get-ARServiceLog word-web'
        ) {
            Set-StrictMode -Version Latest
            $thing = & ([scriptblock]::Create($_)) | Select-Object -First 1
            $thing | Should -Not -BeNullOrEmpty
            foreach ($property in $thing.psobject.Properties) {
                { $thing.($property.Name) | Out-Null } | Should -Not -Throw -Because $property.Name
            }
        }
    }

    Context 'Constrained language mode' {
        BeforeAll {
            # Runs a script that may use only cmdlets and core types.
            function Invoke-Constrained([string]$Script) {
                $shell = [powershell]::Create()
                try {
                    $shell.AddScript("Import-Module '$modulePath'; Set-ARContext us-east-1 -EndpointUrl $($endpoint.EndpointUrl) -AccessKey $($endpoint.AccessKey) -SecretKey $($endpoint.SecretKey); `$PSDefaultParameterValues['*-AR*:PollInterval'] = 0.05").Invoke() | Out-Null
                    $shell.Runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
                    $shell.Commands.Clear()
                    $shell.AddScript($Script).Invoke()
                    if ($shell.Streams.Error.Count) { throw $shell.Streams.Error[0] }
                }
                finally {
                    $shell.Dispose()
                }
            }
        }

        It 'is enforced in these tests' {
            { Invoke-Constrained '[System.IO.File]::Exists("x")' } | Should -Throw '*language mode*'
        }

        It 'takes hashtables, nested and ordered, config objects and JSON' {
            $services = Invoke-Constrained "
                @{ ServiceName = 'tight-one'; ImageIdentifier = '$image'; HealthCheckConfiguration = @{ Interval = 7 }; Tag = @{ a = 'b' }; EnvironmentVariable = [ordered]@{ A = '1' } } | New-ARService -Wait
                New-ARService tight-two $image -InstanceConfiguration (New-ARInstanceConfig 2 4) -HealthCheckConfiguration @{ Interval = 7 } -Tag @{ a = 'b' } -Wait
                '{ ""ServiceName"": ""tight-three"", ""ImageIdentifier"": ""$image"", ""HealthCheckConfiguration"": { ""Interval"": 7 }, ""Tag"": { ""a"": ""b"" } }' | ConvertFrom-Json | New-ARService -Wait
            "
            $services.ServiceName | Should -Be @('tight-one', 'tight-two', 'tight-three')
            $services.HealthCheckConfiguration.Interval | Should -Be @(7, 7, 7)
            ($services | Get-ARResourceTag).Value | Should -Be @('b', 'b', 'b')
        }

        It 'runs the whole lifecycle of a service' {
            $last = Invoke-Constrained "New-ARService tight-life $image -Wait | Suspend-ARService -Wait | Resume-ARService -Wait | Update-ARService -HealthCheckConfiguration @{ Interval = 9 } -Wait | Remove-ARService -Confirm:`$false -Wait"
            $last.Status | Should -Be 'DELETED'
            $last.HealthCheckConfiguration.Interval | Should -Be 9
        }

        It 'shows views, and errors can be caught and read' {
            Invoke-Constrained 'Get-ARService word-web | Format-Table | Out-String -Width 120' | Should -Match 'word-web\s+RUNNING'
            Invoke-Constrained 'try { Get-ARService missing -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; $_.Exception.Message; $_.ErrorDetails.RecommendedAction }' |
                Should -Be @('ServiceNotFound,AppRunner.Services.GetServiceCommand', 'There is no service named "missing" in us-east-1.', 'List the services with Get-ARService. Check the region and the credentials with Get-ARContext.')
        }
    }

    Context 'Default parameter values' {
        AfterEach {
            $PSDefaultParameterValues.Remove('*-AR*:Region')
            $PSDefaultParameterValues.Remove('New-ARService:HealthCheckConfiguration')
            $PSDefaultParameterValues.Remove('*-ARService:Wait')
        }

        It 'come from $PSDefaultParameterValues' {
            $PSDefaultParameterValues['*-AR*:Region'] = 'eu-west-1'
            $PSDefaultParameterValues['New-ARService:HealthCheckConfiguration'] = @{ Interval = 4 }
            $PSDefaultParameterValues['*-ARService:Wait'] = $true
            $service = New-ARService word-default $image
            $service.Region | Should -Be 'eu-west-1'
            $service.Status | Should -Be 'RUNNING'
            $service.HealthCheckConfiguration.Interval | Should -Be 4
            (Remove-ARService word-default -Confirm:$false).Status | Should -Be 'DELETED'
        }

        It 'are overridden by given parameters' {
            $PSDefaultParameterValues['*-AR*:Region'] = 'eu-west-1'
            (Get-ARService word-web -Region us-east-1).Region | Should -Be 'us-east-1'
        }
    }

    Context 'Error handling' {
        It 'sets $? and $Error' {
            $Error.Clear()
            Get-ARService missing -ErrorAction SilentlyContinue
            $? | Should -BeFalse
            $Error[0].FullyQualifiedErrorId | Should -Be 'ServiceNotFound,AppRunner.Services.GetServiceCommand'
            Get-ARService word-web | Out-Null
            $? | Should -BeTrue
        }

        It 'continues with Continue and shows the error' {
            $shown = & { Get-ARService missing, word-web -ErrorAction Continue } 2>&1 | Out-String -Width 200
            $shown | Should -Match 'There is no service named "missing"'
            $shown | Should -Match 'word-web\s+RUNNING'
        }

        It 'records no error with Ignore, and one in -ErrorVariable with SilentlyContinue' {
            $Error.Clear()
            Get-ARService missing -ErrorAction Ignore | Should -BeNullOrEmpty
            $Error.Count | Should -Be 0
            Get-ARService missing -ErrorAction SilentlyContinue -ErrorVariable problem
            Get-ARService missing-two -ErrorAction SilentlyContinue -ErrorVariable +problem
            $problem.TargetObject | Should -Be @('missing', 'missing-two')
        }

        It 'is caught by type and by trap' {
            $caught = try { Get-ARService missing -ErrorAction Stop } catch [AppRunner.Model.ResourceNotFoundException] { 'by type' } catch { "as $($_.Exception.GetType())" }
            $caught | Should -Be 'by type'
            $trapped = & { trap { "trapped $($_.CategoryInfo.Category)"; continue } Get-ARService missing -ErrorAction Stop }
            $trapped | Should -Be 'trapped ObjectNotFound'
        }

        It 'redirects its streams' {
            $all = & { New-ARConnection word-code GITHUB; Get-ARService missing } 3>&1 2>&1
            @($all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }).Count | Should -Be 1
            @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 1
            New-ARService word-loud $image -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -Not -BeNullOrEmpty
        }
    }
}
