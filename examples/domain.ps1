# A private service with a domain of its own: into a VPC, out of a VPC, DNS records, tags, and sleep by tag.
#
#   dotnet run --project tools/Pwsh -- examples/domain.ps1     with the .NET SDK alone
#   pwsh examples/domain.ps1                                   with PowerShell 7.4 or newer

$ErrorActionPreference = 'Stop'

# The module that 'dotnet build' has made, else the one that is installed.
$built = Join-Path $PSScriptRoot ../out/AppRunner
if (-not (Get-Module AppRunner)) { Import-Module ((Test-Path $built) ? $built : 'AppRunner') }

# The local App Runner has no VPCs and no DNS: ids need the right form only, and DNS records are taken as added.
$local = Start-ARLocalEndpoint -OperationDuration 1
$records = New-TemporaryFile

try {
    Write-Host 'The way of services into a VPC, to their database for example:'
    $connector = New-ARVpcConnector -VpcConnectorName shop-network -Subnets subnet-0123456789abcdef0, subnet-0123456789abcdef1 -Tag @{ env = 'dev' }
    $connector | Format-Table VpcConnectorName, Status, Subnets

    Write-Host 'A service that sends through it, and that nobody reaches from the internet:'
    $network = New-ARNetworkConfig -VpcConnectorArn $connector -IsPubliclyAccessible $false
    New-ARService shop public.ecr.aws/aws-containers/hello-app-runner:latest -NetworkConfiguration $network -Tag @{ env = 'dev' } -Wait | Format-Table

    Write-Host 'The way from a VPC to it:'
    New-ARVpcIngressConnection shop-door shop -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0 -Tag @{ env = 'dev' } -Wait |
        Format-Table VpcIngressConnectionName, Status, DomainName

    Write-Host 'A domain. With -Wait it comes back when App Runner has asked for a certificate, and knows the records to add:'
    Add-ARCustomDomain shop shop.example.com -Wait | Format-List DomainName, Status, DNSTarget, VpcDNSTargets

    Write-Host 'The records in the order to add them, as a CSV file:'
    Get-ARCustomDomain shop -DnsRecord | Export-Csv $records
    Get-Content $records

    # Somebody adds the records now. On AWS this takes minutes to hours, here each step takes a second.
    while ((Get-ARCustomDomain shop).Status -ne 'ACTIVE') { Start-Sleep -Milliseconds 200 }
    Write-Host "`nThe domain is ACTIVE. What has the tag env, of whatever kind:"
    @(Get-ARService; Get-ARVpcConnector; Get-ARVpcIngressConnection) | Get-ARResourceTag -TagKey env | Format-Table Value, ResourceArn

    Write-Host 'The environment goes to sleep by its tag, and wakes up again:'
    Get-ARService -Tag @{ env = 'dev' } | Suspend-ARService -Wait | Format-Table
    Get-ARService -Tag @{ env = 'dev' } | Resume-ARService -Wait | Format-Table

    Write-Host 'Clean up: what leads to the service goes before it, what it uses goes after it:'
    Get-ARCustomDomain shop | Remove-ARCustomDomain -Confirm:$false -Wait | Out-Null
    Get-ARService shop | Get-ARVpcIngressConnection | Remove-ARVpcIngressConnection -Confirm:$false -Wait | Format-Table VpcIngressConnectionName, Status
    Remove-ARService shop -Confirm:$false -Wait | Format-Table
    Remove-ARVpcConnector shop-network -Confirm:$false | Format-Table VpcConnectorName, Status
}
finally {
    Remove-Item $records
    $local | Stop-ARLocalEndpoint
}
