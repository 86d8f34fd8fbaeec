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

    It 'prompts before Remove, and before every change with $ConfirmPreference Low; a non-interactive session gets an error that names -Confirm:$false: <run>' -ForEach @(
        @{ run = 'Remove-ARService sure-web' }
        @{ run = '$ConfirmPreference = "Low"; Suspend-ARService sure-web' }
    ) {
        # A runspace without a user interface, like that of a background job.
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

    Context 'A transcript' {
        It 'has no secrets of -Verbose, -WhatIf, views and errors' {
            $file = Join-Path $TestDrive transcript.txt
            $script = @"
Import-Module '$modulePath'
Set-ARContext us-east-1 -EndpointUrl $($endpoint.EndpointUrl) -AccessKey $($endpoint.AccessKey) -SecretKey $($endpoint.SecretKey)
`$value = [string]::Join('-', @('hush', 'hush'))
Start-Transcript '$file' | Out-Null
New-ARService sure-plan $image -EnvironmentVariable @{ TOKEN = `$value } -StartCommand "run `$value" -WhatIf -Verbose
Update-ARService sure-web -EnvironmentVariable @{ TOKEN = `$value; OTHER = `$value } -Wait -PollInterval 0.05 -Verbose
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
