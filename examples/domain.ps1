# A private service with a custom domain: VPC connector, VPC ingress connection, DNS records, tags, and pausing by tag.
#
#   dotnet run --project tools/Pwsh -- examples/domain.ps1     with the .NET SDK alone
#   pwsh examples/domain.ps1                                   with PowerShell 7.4 or newer

$ErrorActionPreference = 'Stop'

# Use the module that 'dotnet build' made, else the installed one.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

# The local App Runner has no VPCs and no DNS: ids only need the right format, and DNS records count as added.
$local = Start-ARLocalEndpoint -OperationDuration 1
$records = New-TemporaryFile

try {
    Write-Host 'Create a VPC connector, so that services can reach for example a database in a VPC:'
    $connector = New-ARVpcConnector -VpcConnectorName shop-network -Subnets subnet-0123456789abcdef0, subnet-0123456789abcdef1 -Tag @{ env = 'dev' }
    $connector | Format-Table VpcConnectorName, Status, Subnets

    Write-Host 'Create a service that uses the connector and cannot be reached from the internet:'
    $network = New-ARNetworkConfig -VpcConnectorArn $connector -IsPubliclyAccessible $false
    New-ARService shop public.ecr.aws/aws-containers/hello-app-runner:latest -NetworkConfiguration $network -Tag @{ env = 'dev' } -Wait | Format-Table

    Write-Host 'Create a VPC ingress connection, so that the service can be reached from a VPC:'
    New-ARVpcIngressConnection shop-door shop -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Tag @{ env = 'dev' } -Wait |
        Format-Table VpcIngressConnectionName, Status, DomainName

    Write-Host 'Add a domain. -Wait waits until the certificate records exist:'
    Add-ARCustomDomain shop shop.example.com -Wait | Format-List DomainName, Status, DNSTarget, VpcDNSTargets

    Write-Host 'Export the DNS records to a CSV file, in the order to add them:'
    Get-ARCustomDomain shop -DnsRecord | Export-Csv $records
    Get-Content $records

    # On AWS you add the records now, and wait for minutes to hours. Here each step takes a second.
    while ((Get-ARCustomDomain shop).Status -ne 'ACTIVE') { Start-Sleep -Milliseconds 200 }
    Write-Host "`nThe domain is ACTIVE. List all resources with the tag env:"
    @(Get-ARService; Get-ARVpcConnector; Get-ARVpcIngressConnection) | Get-ARResourceTag -TagKey env | Format-Table Value, ResourceArn

    Write-Host 'Pause and resume all services with the tag:'
    Get-ARService -Tag @{ env = 'dev' } | Suspend-ARService -Wait | Format-Table
    Get-ARService -Tag @{ env = 'dev' } | Resume-ARService -Wait | Format-Table

    Write-Host 'Clean up: first the domain and the VPC ingress connection, then the service, then the VPC connector:'
    Get-ARCustomDomain shop | Remove-ARCustomDomain -Confirm:$false -Wait | Out-Null
    Get-ARService shop | Get-ARVpcIngressConnection | Remove-ARVpcIngressConnection -Confirm:$false -Wait | Format-Table VpcIngressConnectionName, Status
    Remove-ARService shop -Confirm:$false -Wait | Format-Table
    Remove-ARVpcConnector shop-network -Confirm:$false | Format-Table VpcConnectorName, Status
}
finally {
    Remove-Item $records
    $local | Stop-ARLocalEndpoint
}
