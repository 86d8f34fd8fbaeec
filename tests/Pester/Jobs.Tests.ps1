#requires -Version 5.1
Describe 'Jobs and runspaces' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint
        $script:keys = @{ Region = 'us-east-1'; EndpointUrl = $endpoint.EndpointUrl; AccessKey = $endpoint.AccessKey; SecretKey = $endpoint.SecretKey }
        New-ARService job-web $image -EnvironmentVariable @{ STAGE = 'dev' } -Wait | Out-Null
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    It 'works in ForEach-Object -Parallel, on the same local endpoint' -Tag Core, InProcess {
        $names = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:modulePath
            (New-ARService "parallel-$_" $using:image -Wait).ServiceName
        } -ThrottleLimit 4
        $names | Sort-Object | Should -Be @('parallel-1', 'parallel-2', 'parallel-3', 'parallel-4')
        @(Get-ARService parallel-*).Count | Should -Be 4
    }

    It 'gives each iteration its own errors' -Tag Core {
        $problems = 'job-web', 'missing-one', 'missing-two' | ForEach-Object -Parallel {
            Import-Module $using:modulePath
            $keys = $using:keys
            try { Get-ARService $_ @keys -ErrorAction Stop | Out-Null } catch { $_.FullyQualifiedErrorId }
        }
        $problems | Should -Be @('ServiceNotFound,AppRunner.Services.GetServiceCommand', 'ServiceNotFound,AppRunner.Services.GetServiceCommand')
    }

    It 'works in Start-ThreadJob, with live objects' -Tag Core, InProcess {
        $jobs = 1..3 | ForEach-Object { $number = $_; Start-ThreadJob { Import-Module $using:modulePath; New-ARService "thread-$using:number" $using:image -Wait } }
        $services = $jobs | Receive-Job -Wait -AutoRemoveJob
        $services.Status | Should -Be @('RUNNING', 'RUNNING', 'RUNNING')
        $services[0] | Should -BeOfType AppRunner.Model.Service
    }

    It 'works in Start-Job: services and errors with their ids survive serialization' {
        $service = Get-ARService job-web -Detailed
        $job = Start-Job {
            Import-Module $using:modulePath
            $keys = $using:keys
            Set-ARContext @keys
            $using:service | New-ARService -ServiceName job-copy -Wait -PollInterval 0.05
            Get-ARService missing
        }
        $came = $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction SilentlyContinue -ErrorVariable problem
        $came.ServiceName | Should -Be 'job-copy'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
        ($came | Get-ARService).ServiceArn | Should -Be $came.ServiceArn
        $again = $came | New-ARService -ServiceName job-again
        $again.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables['STAGE'] | Should -Be 'dev'
    }

    It 'works in parallel runspaces, each with its own context' {
        $shells = foreach ($region in 'us-east-1', 'eu-west-1') {
            $shell = [powershell]::Create()
            $shell.AddScript("Import-Module '$modulePath'; Set-ARContext $region -EndpointUrl $($endpoint.EndpointUrl) -AccessKey $($endpoint.AccessKey) -SecretKey $($endpoint.SecretKey); New-ARService side-web $image -Wait -PollInterval 0.05") | Out-Null
            [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
        }
        $services = $shells | ForEach-Object { $_.Shell.EndInvoke($_.Running); $_.Shell.Dispose() }
        $services.Region | Should -Be @('us-east-1', 'eu-west-1')
        $services.Status | Should -Be @('RUNNING', 'RUNNING')
        Get-ARService side-web -Region us-east-1, eu-west-1 | ForEach-Object Region | Sort-Object | Should -Be @('eu-west-1', 'us-east-1')
    }

    Context 'Stopping' {
        BeforeAll {
            $script:slow = Open-TestEndpoint @{ OperationDuration = 600 }
            New-ARService slow-web $image | Out-Null
            $script:slowContext = @{ Region = 'us-east-1'; EndpointUrl = $slow.EndpointUrl; AccessKey = $slow.AccessKey; SecretKey = $slow.SecretKey }
            $script:slowKeys = "us-east-1 -EndpointUrl $($slow.EndpointUrl) -AccessKey $($slow.AccessKey) -SecretKey $($slow.SecretKey)"
        }

        AfterAll {
            Close-TestEndpoint $slow
            Select-TestEndpoint $endpoint
        }

        It 'stops at once, as on Ctrl+C, without an error: <run>' -ForEach @(
            @{ run = 'Wait-AROperation slow-web' }
            @{ run = 'New-ARService slow-other public.ecr.aws/a/b:1 -Wait' }
            @{ run = 'Get-ARService | Wait-AROperation -PollInterval 60' }
        ) {
            $shell = [powershell]::Create()
            try {
                $shell.AddScript("Import-Module '$modulePath'; Set-ARContext $slowKeys; $run") | Out-Null
                $running = $shell.BeginInvoke()

                # The first progress record shows that it waits.
                $deadline = [datetime]::UtcNow.AddSeconds(60)
                while ($shell.Streams.Progress.Count -eq 0 -and -not $running.IsCompleted -and [datetime]::UtcNow -lt $deadline) { [System.Threading.Thread]::Yield() | Out-Null }
                $shell.Streams.Progress.Count | Should -BeGreaterThan 0
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
                $shell.Streams.Error.Count | Should -Be 0
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            }
            finally {
                $shell.Dispose()
            }
        }

        It 'stops with Stop-Job' -Tag Core {
            $job = Start-ThreadJob { Import-Module $using:modulePath; $keys = $using:slowContext; Set-ARContext @keys; 'waiting'; Wait-AROperation slow-web }
            $deadline = [datetime]::UtcNow.AddSeconds(60)
            while ($job.Output.Count -eq 0 -and [datetime]::UtcNow -lt $deadline) { [System.Threading.Thread]::Yield() | Out-Null }
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $job | Stop-Job
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 5
            $job.State | Should -Be 'Stopped'
            $job.Error.Count | Should -Be 0
            $job | Remove-Job
        }
    }
}
