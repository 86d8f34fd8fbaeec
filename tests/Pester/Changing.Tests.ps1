#requires -Version 5.1
Describe 'Changing services' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    BeforeEach {
        Get-ARService | Wait-AROperation -ErrorAction SilentlyContinue | Out-Null
        Get-ARService | Remove-ARService -Confirm:$false -Wait | Out-Null
        New-ARService web-one $image -Port 8000 -Wait | Out-Null
    }

    It 'changes only what is given' {
        $service = Update-ARService web-one -HealthCheckConfiguration @{ Interval = 10 } -Memory 4 -Wait
        $service.HealthCheckConfiguration.Interval | Should -Be 10
        $service.HealthCheckConfiguration.UnhealthyThreshold | Should -Be 5
        $service.InstanceConfiguration.Cpu | Should -Be '1024'
        $service.InstanceConfiguration.Memory | Should -Be '4096'
        $service.SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '8000'
    }

    It 'runs a whole life through the pipeline' {
        $last = Get-ARService web-one | Suspend-ARService -Wait | Resume-ARService -Wait | Start-ARDeployment -Wait | Remove-ARService -Wait -Confirm:$false
        $last.Status | Should -Be 'DELETED'
        Get-AROperation $last.ServiceArn | ForEach-Object Type | Should -Be @('DELETE_SERVICE', 'START_DEPLOYMENT', 'RESUME_SERVICE', 'PAUSE_SERVICE', 'CREATE_SERVICE')
    }

    It 'waits for what was started before' {
        $started = 'web-two', 'web-three' | ForEach-Object { New-ARService $_ $image }
        ($started | Wait-AROperation).Status | Should -Be @('RUNNING', 'RUNNING')
        (Get-AROperation web-two | Wait-AROperation).ServiceName | Should -Be 'web-two'
        ('web-two' | Wait-AROperation).ServiceName | Should -Be 'web-two'
    }

    It 'tells a rolled-back update from a success' {
        $endpoint.SetNextOutcome('ROLLBACK_SUCCEEDED', 'UPDATE_SERVICE', 'web-one')
        { Update-ARService web-one -Port 9000 -Wait -ErrorAction Stop } | Should -Throw -ErrorId 'OperationRolledBack,*'
        (Get-ARService web-one).Status | Should -Be 'RUNNING'
        (Get-ARService web-one).SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '8000'
    }

    It 'lists by wildcard, status and region' {
        New-ARService web-two $image -Region eu-west-1 -Wait | Suspend-ARService -Wait | Out-Null
        (Get-ARService WEB-*).ServiceName | Should -Be 'web-one'
        $all = Get-ARService web-* -Region us-east-1, eu-west-1
        $all.ServiceName | Sort-Object | Should -Be @('web-one', 'web-two')
        ($all | Where-Object Status -EQ PAUSED).Region | Should -Be 'eu-west-1'
        Get-ARService -Status CREATE_FAILED | Should -BeNullOrEmpty
        $all | Where-Object Region -EQ eu-west-1 | Remove-ARService -Confirm:$false -Wait | Out-Null
    }

    It 'works in strict mode, with collections that are never null' {
        Set-StrictMode -Version Latest
        $service = Get-ARService web-one
        $service.OperationId | Should -BeNullOrEmpty
        $service.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentSecrets.Count | Should -Be 0
    }
}
