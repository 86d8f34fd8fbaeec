#requires -Version 5.1
Describe 'Confirming' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint
        New-ARService sure-web $image -EnvironmentVariable @{ TOKEN = 'hush-hush' } -Wait | Out-Null
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    It 'changes nothing with -WhatIf: <run>' -ForEach @(
        @{ run = { New-ARService sure-new $image -WhatIf } }
        @{ run = { Update-ARService sure-web -Port 9000 -WhatIf } }
        @{ run = { Suspend-ARService sure-web -WhatIf -Wait } }
        @{ run = { Resume-ARService sure-web -WhatIf } }
        @{ run = { Start-ARDeployment sure-web -WhatIf } }
        @{ run = { Remove-ARService sure-web -WhatIf -Wait } }
        @{ run = { Get-ARService | Remove-ARService -WhatIf } }
        @{ run = { Add-ARResourceTag sure-web -Tag @{ a = 'b' } -WhatIf } }
        @{ run = { $WhatIfPreference = $true; Get-ARService | Remove-ARService -Confirm:$false } }
    ) {
        $Error.Clear()
        & $run | Should -BeNullOrEmpty
        $Error.Count | Should -Be 0
        (Get-AROperation sure-web).Type | Should -Be 'CREATE_SERVICE'
        Get-ARService sure-web | Get-ARResourceTag | Should -BeNullOrEmpty
        (Get-ARService).ServiceName | Should -Be 'sure-web'
    }

    It 'leaves a local endpoint alone with -WhatIf' -Tag InProcess {
        Start-ARLocalEndpoint -WhatIf | Should -BeNullOrEmpty
        Stop-ARLocalEndpoint -WhatIf
        (Get-ARLocalEndpoint).EndpointUrl | Should -Be $endpoint.EndpointUrl
    }

    It 'asks before it removes, and at low $ConfirmPreference before all changes, but says how to do without where nobody can answer: <run>' -ForEach @(
        @{ run = 'Remove-ARService sure-web' }
        @{ run = 'Remove-ARService sure-web -Wait' }
        @{ run = 'Get-ARService sure-web | Remove-ARService' }
        @{ run = 'Suspend-ARService sure-web -Confirm' }
        @{ run = '$ConfirmPreference = "Low"; Suspend-ARService sure-web' }
    ) {
        # A runspace without a user interface, as a background job's is.
        $shell = [powershell]::Create()
        try {
            $shell.AddScript("Import-Module '$modulePath'; Set-ARContext us-east-1 -EndpointUrl $($endpoint.EndpointUrl) -AccessKey $($endpoint.AccessKey) -SecretKey $($endpoint.SecretKey); $run").Invoke() | Should -BeNullOrEmpty
            $shell.Streams.Error.Count | Should -Be 1
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'InvalidParameter,*'
            $shell.Streams.Error[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Confirm:$false*'
        }
        finally {
            $shell.Dispose()
        }

        (Get-ARService).Status | Should -Be 'RUNNING'
    }

    It 'asks nothing with -Confirm:$false, nor below $ConfirmPreference' {
        (Suspend-ARService sure-web -Wait).Status | Should -Be 'PAUSED'
        & { $ConfirmPreference = 'Low'; (Resume-ARService sure-web -Confirm:$false -Wait).Status } | Should -Be 'RUNNING'
        New-ARService sure-gone $image -Wait | Remove-ARService -Confirm:$false -Wait | ForEach-Object Status | Should -Be 'DELETED'
        New-ARService sure-none $image -Wait | Out-Null
        & { $ConfirmPreference = 'None'; (Remove-ARService sure-none -Wait).Status } | Should -Be 'DELETED'
    }

    Context 'Transcripts' {
        It 'keep no secret, with -Verbose and -WhatIf and views and errors' {
            $file = Join-Path $TestDrive transcript.txt
            $script = @"
Import-Module '$modulePath'
Set-ARContext us-east-1 -EndpointUrl $($endpoint.EndpointUrl) -AccessKey $($endpoint.AccessKey) -SecretKey $($endpoint.SecretKey)
`$value = [string]::Join('-', @('hush', 'hush'))
Start-Transcript '$file' | Out-Null
New-ARService sure-plan $image -EnvironmentVariable @{ TOKEN = `$value } -StartCommand "run `$value" -WhatIf -Verbose
Update-ARService sure-web -EnvironmentVariable @{ TOKEN = `$value; OTHER = `$value } -Wait -Verbose
Get-ARService sure-web -Detailed | Format-List
Get-ARContext | Format-List *
New-ARService sure-web $image -EnvironmentVariable @{ TOKEN = `$value } -Verbose
New-ARService x $image -EnvironmentVariable @{ AWSAPPRUNNER_TOKEN = `$value } -StartCommand `$value -Verbose
Stop-Transcript | Out-Null
"@
            Invoke-Shell $script | Out-Null
            $text = Get-Content $file -Raw
            $text | Should -Match '"ServiceName": "sure-plan"'
            $text | Should -Match 'sure-web\s+RUNNING|ServiceName\s+: sure-web'
            $text | Should -Match 'New-ARService'
            $text | Should -Not -Match 'hush-hush'
            $text.Substring($text.IndexOf('PSVersion:')) | Should -Not -Match ([regex]::Escape($endpoint.SecretKey))
        }
    }
}
