#requires -Version 5.1
Describe 'Errors' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint @{ ServiceQuota = 2 }
        New-ARService first-web $image -Wait | Out-Null
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    It 'is <id> of category <category>: <what>' -ForEach @(
        @{ id = 'InvalidParameter'; category = 'InvalidArgument'; what = 'a name that is too short'; run = { New-ARService abc $image } }
        @{ id = 'InvalidParameter'; category = 'InvalidArgument'; what = 'a CPU and memory that do not go together'; run = { New-ARInstanceConfig 4 2 } }
        @{ id = 'InvalidParameter'; category = 'InvalidArgument'; what = 'nothing to change'; run = { Update-ARService first-web } }
        @{ id = 'InvalidParameter'; category = 'InvalidArgument'; what = 'two identities at once'; run = { Get-ARService -ProfileName dev -AccessKey AK -SecretKey SK } }
        @{ id = 'InvalidParameter'; category = 'InvalidArgument'; what = 'an ARN of something else'; run = { Get-ARService arn:aws:iam::123456789012:role/web } }
        @{ id = 'ServiceNotFound'; category = 'ObjectNotFound'; what = 'a name that nobody has'; run = { Get-ARService nobody-has } }
        @{ id = 'ServiceNotFound'; category = 'ObjectNotFound'; what = 'an ARN that nobody has'; run = { Get-ARService arn:aws:apprunner:us-east-1:000000000000:service/nobody/0123456789abcdef0123456789abcdef } }
        @{ id = 'ResourceNotFound'; category = 'ObjectNotFound'; what = 'an operation that the service does not have'; run = { Get-AROperation first-web 00000000-0000-0000-0000-000000000000 } }
        @{ id = 'ServiceAlreadyExists'; category = 'ResourceExists'; what = 'a name that is taken'; run = { New-ARService first-web $image } }
        @{ id = 'InvalidServiceState'; category = 'ResourceBusy'; what = 'resuming what is not paused'; run = { Resume-ARService first-web } }
        @{ id = 'QuotaExceeded'; category = 'LimitsExceeded'; what = 'a service too many'; run = { 'quota-two', 'quota-three' | ForEach-Object { New-ARService $_ $image -Wait } } }
        @{ id = 'OperationFailed'; category = 'InvalidResult'; what = 'a pause that fails'; run = { $endpoint.SetNextOutcome('FAILED', 'PAUSE_SERVICE'); Suspend-ARService first-web -Wait } }
        @{ id = 'AuthenticationFailed'; category = 'AuthenticationError'; what = 'a wrong secret key'; run = { Get-ARService -EndpointUrl $endpoint.EndpointUrl -Region us-east-1 -AccessKey $endpoint.AccessKey -SecretKey wrong } }
        @{ id = 'NetworkError'; category = 'ConnectionError'; what = 'nobody listens'; run = { Get-ARService -EndpointUrl http://127.0.0.1:1 -Region us-east-1 -AccessKey AKIDEXAMPLE -SecretKey secret } }
        @{ id = 'LocalEndpointError'; category = 'ResourceUnavailable'; what = 'a port that is taken'; run = { Start-ARLocalEndpoint -Port $endpoint.Port } }
    ) {
        $record = & { try { $ErrorActionPreference = 'Stop'; & $run } catch { $_ } } | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
        $record.FullyQualifiedErrorId | Should -BeLike "$id,*"
        $record.CategoryInfo.Category | Should -Be $category
        $record.Exception | Should -BeOfType AppRunner.Model.AppRunnerException
        $record.Exception.ErrorId | Should -Be $id
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'is WaitTimeout when the time is over, and says how to wait again' {
        $slow = Open-TestEndpoint @{ OperationDuration = 600 }
        try {
            New-ARService slow-web $image | Wait-AROperation -Timeout 0.2 -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
            $problem[0].ErrorDetails.RecommendedAction | Should -BeLike "Wait again: Wait-AROperation -Service 'arn:*"
            $problem[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        }
        finally {
            Close-TestEndpoint $slow
            Select-TestEndpoint $endpoint
        }
    }

    It 'obeys -ErrorAction and fills -ErrorVariable, one record for each name' {
        $found = Get-ARService nobody-one, first-web, nobody-two -ErrorAction SilentlyContinue -ErrorVariable problem
        $found.ServiceName | Should -Be 'first-web'
        $problem.Count | Should -Be 2
        $problem.TargetObject | Should -Be @('nobody-one', 'nobody-two')
        { Get-ARService nobody-one -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceNotFound,*'
        Get-ARService nobody-one -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'says of a text where a definition is wanted just that' {
        { 'some-name' | New-ARService -ErrorAction Stop } | Should -Throw 'takes a hashtable or an object with the members of the request, not a text.'
    }

    It 'suggests the nearest name' {
        { Get-ARService first-wbe -ErrorAction Stop } | Should -Throw '*did you mean "first-web"?*'
    }

    It 'names the path of an unknown key and the nearest known one' {
        { New-ARService paths-web $image -HealthCheckConfiguration @{ Intervall = 5 } -ErrorAction Stop } |
            Should -Throw '*HealthCheckConfiguration.Intervall: no such member; did you mean Interval?*'
    }
}
