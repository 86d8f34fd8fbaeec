#requires -Version 5.1
Describe 'Creating services' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint @{ ServiceQuota = 1000 }
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    It 'takes name and image by position, and waits until the service runs' {
        $service = New-ARService by-position $image -Port 8000 -Wait
        $service.Status | Should -Be 'RUNNING'
        $service.SourceConfiguration.ImageRepository.ImageRepositoryType | Should -Be 'ECR_PUBLIC'
        $service.SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '8000'
    }

    It 'takes hashtables and config objects, splatted' {
        $definition = @{
            ServiceName              = 'by-splatting'
            SourceConfiguration      = New-ARSourceConfig $image
            InstanceConfiguration    = @{ cpu = 0.25; MEMORY = '0.5 GB' }
            HealthCheckConfiguration = New-ARHealthCheckConfig HTTP /health
        }
        $service = New-ARService @definition
        $service.InstanceConfiguration.Cpu | Should -Be '256'
        $service.InstanceConfiguration.Memory | Should -Be '512'
        $service.HealthCheckConfiguration.Path | Should -Be '/health'
    }

    It 'takes <what> by pipeline' -ForEach @(
        @{ what = 'a hashtable of short members'; name = 'pipe-short'; make = { @{ ServiceName = 'pipe-short'; ImageIdentifier = $image; Memory = 2GB } } }
        @{ what = 'a hashtable of the API''s members'; name = 'pipe-nested'; make = { @{ ServiceName = 'pipe-nested'; SourceConfiguration = @{ ImageRepository = @{ ImageIdentifier = $image; ImageRepositoryType = 'ECR_PUBLIC' } } } } }
        @{ what = 'a custom object'; name = 'pipe-object'; make = { [pscustomobject]@{ Name = 'pipe-object'; Image = $null; ImageIdentifier = $image } | Select-Object Name, ImageIdentifier } }
        @{ what = 'JSON'; name = 'pipe-json'; make = { "{ ""ServiceName"": ""pipe-json"", ""ImageIdentifier"": ""$image"", ""Port"": 8000 }" | ConvertFrom-Json } }
    ) {
        (& $make | New-ARService).ServiceName | Should -Be $name
    }

    It 'takes JSON as a hashtable' -Tag Core {
        ("{ ""ServiceName"": ""pipe-map"", ""ImageIdentifier"": ""$image"" }" | ConvertFrom-Json -AsHashtable | New-ARService).ServiceName | Should -Be 'pipe-map'
    }

    It 'takes the rows of a CSV file, whose empty cells give nothing' {
        $file = Join-Path $TestDrive 'services.csv'
        Set-Content -LiteralPath $file -Value @(
            'ServiceName,ImageIdentifier,Port,Cpu,Memory,EnvironmentVariable,Tag'
            "csv-full,$image,8000,2,4,STAGE=test;LANG=en,team=web"
            "csv-empty,$image,,,,,"
        )
        $services = Import-Csv -LiteralPath $file | New-ARService -Wait
        $services.ServiceName | Sort-Object | Should -Be @('csv-empty', 'csv-full')
        $full = Get-ARService csv-full
        $full.InstanceConfiguration.Memory | Should -Be '4096'
        $full.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables['LANG'] | Should -Be 'en'
        (Get-ARService csv-empty).SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '8080'
    }

    It 'takes JSON files in the layout of the AWS CLI, by wildcard and by literal path' {
        foreach ($name in 'file-one', 'file-two') {
            @{ ServiceName = $name; SourceConfiguration = @{ ImageRepository = @{ ImageIdentifier = $image; ImageRepositoryType = 'ECR_PUBLIC' } } } |
                ConvertTo-Json -Depth 5 | Set-Content -LiteralPath (Join-Path $TestDrive "$name.json")
        }

        (New-ARService -Path (Join-Path $TestDrive 'file-*.json')).ServiceName | Should -Be @('file-one', 'file-two')
        (New-ARService -LiteralPath (Join-Path $TestDrive 'file-one.json') -ServiceName file-three).ServiceName | Should -Be 'file-three'
        (Get-ChildItem $TestDrive -Filter file-two.json | New-ARService -ServiceName file-four).ServiceName | Should -Be 'file-four'
    }

    It 'takes a code repository by short parameters' {
        $connection = New-ARConnection from-code GITHUB -WarningAction SilentlyContinue
        $endpoint.ApproveConnection($connection.ConnectionArn)
        $code = @{
            ServiceName   = 'from-code'
            RepositoryUrl = 'https://github.com/aws-containers/hello-app-runner'
            ConnectionArn = $connection
            Runtime       = 'nodejs_22'
            BuildCommand  = 'npm ci'
        }
        $repository = (New-ARService @code).SourceConfiguration.CodeRepository
        $repository.SourceCodeVersion.Value | Should -Be 'main'
        $repository.CodeConfiguration.ConfigurationSource | Should -Be 'API'
        $repository.CodeConfiguration.CodeConfigurationValues.Runtime | Should -BeExactly 'NODEJS_22'
    }

    It 'copies a service under a new name; the command line wins' {
        $copy = New-ARService copy-from $image -Port 8000 -Wait | New-ARService -ServiceName copy-to -Cpu 2 -Memory 4
        $copy.InstanceConfiguration.Cpu | Should -Be '2048'
        $copy.SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '8000'
    }

    It 'copies a service that went through JSON' {
        $json = New-ARService json-from $image -Wait | ConvertTo-Json -Depth 10
        ($json | ConvertFrom-Json | New-ARService -ServiceName json-to).ServiceName | Should -Be 'json-to'
    }

    It 'goes on after a bad definition, and reports all of its problems at once' {
        $definitions = @{ ServiceName = 'good-one'; ImageIdentifier = $image }, @{ ServiceName = 'x'; ImageIdentifer = $image; Cpu = 3 }, @{ ServiceName = 'good-two'; ImageIdentifier = $image }
        $services = $definitions | New-ARService -ErrorAction SilentlyContinue -ErrorVariable problem
        $services.ServiceName | Should -Be @('good-one', 'good-two')
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidParameter,*'
        $problem[0].Exception.Problems.Path | Should -Contain 'ServiceName'
        $problem[0].Exception.Problems.Path | Should -Contain 'InstanceConfiguration.Cpu'
        $problem[0].Exception.Message | Should -BeLike '*did you mean ImageIdentifier?*'
    }

    It 'sends many at once' {
        $services = 1..60 | ForEach-Object { @{ ServiceName = "bulk-$_"; ImageIdentifier = $image } } | New-ARService -ThrottleLimit 16 -Wait
        $services.Count | Should -Be 60
        $services.Status | Select-Object -Unique | Should -Be 'RUNNING'
    }

    It 'does nothing with -WhatIf, and shows the request without its secrets with -Verbose' {
        $before = @(Get-ARService).Count
        $told = New-ARService only-planned $image -EnvironmentVariable @{ API_KEY = 'hush-hush' } -StartCommand 'run --token hush-hush' -WhatIf -Verbose 4>&1 | Out-String
        $told | Should -BeLike '*"ServiceName": "only-planned"*'
        $told | Should -Not -BeLike '*hush-hush*'
        @(Get-ARService).Count | Should -Be $before
    }
}
