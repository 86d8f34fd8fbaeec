#requires -Version 5.1
Describe 'Services' -Tag Endpoint {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:endpoint = Open-TestEndpoint @{ ServiceQuota = 1000 }
    }

    AfterAll {
        Close-TestEndpoint $endpoint
    }

    It 'takes name and image by position, and waits until the service is RUNNING' {
        $service = New-ARService by-position $image -Port 8000 -Wait
        $service.Status | Should -Be 'RUNNING'
        $service.SourceConfiguration.ImageRepository.ImageRepositoryType | Should -Be 'ECR_PUBLIC'
        $service.SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '8000'
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

    It 'takes the rows of a CSV file, and ignores empty cells' {
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

    It 'updates only the given members' {
        New-ARService change-web $image -Port 8000 -Wait | Out-Null
        $service = Update-ARService change-web -HealthCheckConfiguration @{ Interval = 10 } -Memory 4 -Wait
        $service.HealthCheckConfiguration.Interval | Should -Be 10
        $service.HealthCheckConfiguration.UnhealthyThreshold | Should -Be 5
        $service.InstanceConfiguration.Cpu | Should -Be '1024'
        $service.InstanceConfiguration.Memory | Should -Be '4096'
        $service.SourceConfiguration.ImageRepository.ImageConfiguration.Port | Should -Be '8000'
    }

    It 'runs the whole lifecycle of a service through the pipeline' {
        New-ARService life-web $image -Wait | Out-Null
        $last = Get-ARService life-web | Suspend-ARService -Wait | Resume-ARService -Wait | Start-ARDeployment -Wait | Remove-ARService -Wait -Confirm:$false
        $last.Status | Should -Be 'DELETED'
        Get-AROperation $last.ServiceArn | ForEach-Object Type | Should -Be @('DELETE_SERVICE', 'START_DEPLOYMENT', 'RESUME_SERVICE', 'PAUSE_SERVICE', 'CREATE_SERVICE')
    }

    It 'supports -ErrorAction and -ErrorVariable, with one record for each name' {
        New-ARService error-web $image -Wait | Out-Null
        $found = Get-ARService missing-one, error-web, missing-two -ErrorAction SilentlyContinue -ErrorVariable problem
        $found.ServiceName | Should -Be 'error-web'
        $problem.Count | Should -Be 2
        $problem.TargetObject | Should -Be @('missing-one', 'missing-two')
        { Get-ARService missing-one -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceNotFound,*'
        Get-ARService missing-one -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
