# What every edition has to do, Windows PowerShell 5.1 too: so nothing here is newer than that.
Describe 'Each edition' {
    BeforeAll {
        . "$PSScriptRoot/Import.ps1"
        $script:manifest = Join-Path (Get-Module AppRunner).ModuleBase AppRunner.psd1
        $script:image = 'public.ecr.aws/aws-containers/hello-app-runner:latest'

        # The local endpoint needs PowerShell 7, so it runs in one of its own and is reached by its address, as AWS is.
        $start = New-Object System.Diagnostics.ProcessStartInfo
        $start.FileName = if ($PSVersionTable.PSEdition -eq 'Core') { (Get-Process -Id $PID).Path } else { 'pwsh' }
        $start.Arguments = '-NoProfile -NonInteractive -Command -'
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.UseShellExecute = $false
        $script:other = [System.Diagnostics.Process]::Start($start)
        $script:other.StandardInput.WriteLine("Import-Module '$($script:manifest)'")
        $script:other.StandardInput.WriteLine('$local = Start-ARLocalEndpoint -OperationDuration 0.05; [Console]::WriteLine("$($local.EndpointUrl) $($local.AccessKey) $($local.SecretKey)")')
        $script:other.StandardInput.Flush()
        # A terminal's escape codes may come first.
        if ($script:other.StandardOutput.ReadLine() -notmatch '(http://\S+) (\S+) (\S+)') { throw 'The local endpoint did not start.' }
        $script:there = @{ Region = 'us-east-1'; EndpointUrl = $Matches[1]; AccessKey = $Matches[2]; SecretKey = $Matches[3] }
    }

    AfterAll {
        # Its input ends, and it with it.
        $script:other.StandardInput.Close()
        $script:other.WaitForExit()
        $script:other.Dispose()
    }

    It 'has all the cmdlets of the manifest' {
        $exported = (Test-ModuleManifest $script:manifest).ExportedCmdlets.Keys | Sort-Object
        (Get-Command -Module AppRunner).Name | Sort-Object | Should -Be $exported
    }

    It 'has help' {
        (Get-Help New-ARService -Full).Synopsis | Should -Not -BeLike 'New-ARService *'
    }

    It 'makes config objects, and names a mistake in a hashtable' {
        (New-ARHealthCheckConfig -Interval 5).Interval | Should -Be 5
        $problem = @{ ServiceName = 'shop'; ImageIdentifier = $script:image; HealthCheckConfiguration = @{ Intervall = 5 } } | Test-ARServiceDefinition
        $problem.Message | Should -BeLike '*did you mean Interval?*'
    }

    It 'reads an apprunner.yaml' {
        $file = Join-Path $TestDrive apprunner.yaml
        Set-Content -LiteralPath $file -Value 'version: 1.0'
        Test-ARServiceDefinition $file | Should -Not -BeNullOrEmpty
    }

    It 'creates, waits, reads and removes over the wire' {
        $there = $script:there
        (New-ARService edition $script:image -Wait @there).Status | Should -Be 'RUNNING'
        (Get-ARService edition @there).ServiceName | Should -Be 'edition'
        Update-ARService edition -Memory '4 GB' -Wait @there | Out-Null
        @(Get-AROperation edition @there).Type | Should -Be @('UPDATE_SERVICE', 'CREATE_SERVICE')
        Remove-ARService edition -Confirm:$false -Wait @there | Out-Null
        Get-ARService @there | Should -BeNullOrEmpty
    }

    It 'reports the service''s errors by their ids' {
        $there = $script:there
        Get-ARService nothing @there -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
    }
}
