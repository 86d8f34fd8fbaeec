@{
    RootModule           = 'AppRunner.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5d0f7c52-6b0e-4a3c-9a55-3f1b2f6f6c11'
    Author               = 'The AppRunner module''s authors'
    CompanyName          = 'The AppRunner module''s authors'
    Copyright            = 'The AppRunner module''s authors. Apache-2.0.'
    Description          = 'Manage AWS App Runner from PowerShell: create, update, deploy and watch services, wait for operations, and find out why they failed. Includes a local App Runner to try everything without an AWS account.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    # The next two are checked by Windows PowerShell only; PowerShell 7 ignores them.
    DotNetFrameworkVersion = '4.7.2'
    CLRVersion           = '4.0'
    FormatsToProcess     = @('AppRunner.Format.ps1xml')
    TypesToProcess       = @('AppRunner.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'New-ARService', 'Get-ARService', 'Update-ARService', 'Remove-ARService', 'Suspend-ARService', 'Resume-ARService'
        'Publish-ARService', 'Compare-ARService'
        'Test-ARService', 'Test-ARServiceDefinition', 'Test-ARServiceMigration'
        'Export-ARService'
        'Start-ARDeployment', 'Get-AROperation', 'Wait-AROperation'
        'Get-ARServiceLog'
        'Get-ARServiceMetric'
        'New-ARAutoScalingConfiguration', 'Get-ARAutoScalingConfiguration', 'Remove-ARAutoScalingConfiguration', 'Set-ARDefaultAutoScalingConfiguration'
        'New-ARConnection', 'Get-ARConnection', 'Approve-ARConnection', 'Remove-ARConnection'
        'New-ARObservabilityConfiguration', 'Get-ARObservabilityConfiguration', 'Remove-ARObservabilityConfiguration'
        'New-ARVpcConnector', 'Get-ARVpcConnector', 'Remove-ARVpcConnector'
        'New-ARVpcIngressConnection', 'Get-ARVpcIngressConnection', 'Update-ARVpcIngressConnection', 'Remove-ARVpcIngressConnection'
        'Add-ARCustomDomain', 'Get-ARCustomDomain', 'Remove-ARCustomDomain'
        'Add-ARResourceTag', 'Get-ARResourceTag', 'Remove-ARResourceTag'
        'New-ARSourceConfig', 'New-ARInstanceConfig', 'New-ARHealthCheckConfig', 'New-ARNetworkConfig', 'New-AREncryptionConfig', 'New-ARServiceObservabilityConfig'
        'Set-ARContext', 'Get-ARContext', 'Clear-ARContext'
        'Start-ARLocalEndpoint', 'Get-ARLocalEndpoint', 'Stop-ARLocalEndpoint'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'AppRunner', 'Cloud', 'Containers', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            # ProjectUri = the address of the repository. Without it, a package made in GitHub Actions names the one that it is made in.
            # Packaging puts the version's section of CHANGELOG.md here.
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
