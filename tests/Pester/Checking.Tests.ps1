#requires -Version 5.1
Describe 'Checking' {
    BeforeAll {
        . "$PSScriptRoot/Suite.ps1"
        $script:yaml = @(
            'version: 1.0', 'runtime: nodejs22', 'build:', '  commands:', '    build:', '      - npm ci', 'run:', '  command: node app.js'
        )
    }

    It 'writes no problem for valid definitions' {
        $yaml | Set-Content TestDrive:/apprunner.yaml
        Test-ARServiceDefinition TestDrive:/apprunner.yaml | Should -BeNullOrEmpty
        Test-ARServiceDefinition "$PSScriptRoot/../../examples/service.json" | Should -BeNullOrEmpty
        Import-Csv "$PSScriptRoot/../../examples/services.csv" | Test-ARServiceDefinition -Quiet | Should -BeTrue
    }

    It 'reports problems of piped files with their line' {
        $yaml.Replace('command:', 'comand:') | Set-Content TestDrive:/apprunner.yaml
        '{ "ServiceName": "web-1",', '  "Imageidentifier": "nginx" }' | Set-Content TestDrive:/web.json
        $problems = Get-ChildItem TestDrive:/ -Include apprunner.yaml, web.json -Recurse | Sort-Object Name | Test-ARServiceDefinition
        $problems | ForEach-Object { '{0} {1} {2}' -f (Split-Path -Leaf $_.Source), $_.Line, $_.Path } |
            Should -Be 'apprunner.yaml 8 run.comand', 'web.json 2 SourceConfiguration.ImageRepository.ImageIdentifier'
        $problems.Severity | Should -Be Error, Error
    }
}
