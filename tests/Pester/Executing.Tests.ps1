#requires -Version 5.1
BeforeDiscovery {
    $noGit = -not (Get-Command git -CommandType Application -ErrorAction Ignore)
    if ($noGit) { Write-Warning 'git is not on the PATH: the tests of executed services are skipped.' }
}

Describe 'Executed services' -Tag Endpoint, InProcess -Skip:$noGit {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint @{ AllowExecution = $true; WorkFolder = (Join-Path $TestDrive work) }
        $script:repository = (New-Item -ItemType Directory (Join-Path $TestDrive repository)).FullName

        function Save-Repository([string]$Body) {
            # A web application in PowerShell, the one program that is certainly installed.
            @'
$listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, $env:PORT)
$listener.Start()
[Console]::WriteLine("serving with $env:GREETING")
while ($true) {
    $client = $listener.AcceptTcpClient()
    try {
        $stream = $client.GetStream()
        $reader = [System.IO.StreamReader]::new($stream)
        $line = $reader.ReadLine()
        while ($reader.ReadLine()) { }
        if (-not $line) { continue }
        $path = $line.Split(' ')[1]
        [Console]::WriteLine("asked for $path")
        $status = if ($path -eq '/missing') { '404 Not Found' } else { '200 OK' }
        $body = "$env:GREETING BODY"
        $bytes = [System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 $status`r`nContent-Type: text/plain`r`nContent-Length: $($body.Length)`r`nConnection: close`r`n`r`n$body")
        $stream.Write($bytes, 0, $bytes.Length)
    }
    catch { [Console]::WriteLine("$_") }
    finally { $client.Dispose() }
}
'@.Replace('BODY', $Body) | Set-Content (Join-Path $repository server.ps1)
            git -C $repository add --all
            git -C $repository -c user.name=Tests -c user.email=tests@localhost -c commit.gpgSign=false commit --quiet --message $Body
        }

        git -C $repository init --quiet --initial-branch=main
        Save-Repository one
        $script:start = ($shellProgram | ForEach-Object { """$_""" }) -join ' '
        $script:definition = @{
            ServiceName              = 'real-web'
            RepositoryUrl            = $repository
            Branch                   = 'main'
            Runtime                  = 'PYTHON_311'
            BuildCommand             = 'git --version'
            StartCommand             = "$start -NoProfile -NonInteractive -File server.ps1"
            EnvironmentVariable      = @{ GREETING = 'hello' }
            AutoDeploymentsEnabled   = $false
            HealthCheckConfiguration = @{ Protocol = 'HTTP'; Path = '/health'; Interval = 1; Timeout = 15; HealthyThreshold = 1; UnhealthyThreshold = 2 }
        }
        $script:service = $definition | New-ARService -Wait -PollInterval 0.1
    }

    AfterAll {
        Get-ARService | Wait-AROperation -PollInterval 0.1 -ErrorAction SilentlyContinue | Out-Null
        Get-ARService | Remove-ARService -Confirm:$false -Wait -PollInterval 0.1 | Out-Null
        Close-TestEndpoint $endpoint
    }

    It 'responds at its URL, and Test-ARService succeeds' {
        $service.Status | Should -Be 'RUNNING'
        Invoke-RestMethod $endpoint.AddressOf($service.ServiceArn) | Should -Be 'hello one'
        $probe = $service | Test-ARService
        $probe.Succeeded | Should -BeTrue
        $probe.StatusCode | Should -Be 200
        $probe.Body | Should -Be 'hello one'
    }

    It 'stops -Follow when Select-Object -First has its lines' {
        $Error.Clear()
        Get-ARServiceLog real-web Application | ForEach-Object Message | Should -Contain 'serving with hello'
        (Get-ARServiceLog real-web Application -Follow | Select-Object -First 1).Message | Should -Be 'serving with hello'
        Test-ARService real-web -Path /wanted -Quiet | Should -BeTrue
        $asked = Get-ARServiceLog real-web Application -Follow | Where-Object Message -Like '*/wanted' | Select-Object -First 1
        $asked.Message | Should -Be 'asked for /wanted'
        $Error.Count | Should -Be 0
    }
}
