using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Custom domains: certificate validation records appear later, then the domain becomes active.</summary>
internal static class CustomDomainSteps
{
    private const string Service = """{ "ServiceArn": "$web.Service.ServiceArn" }""";
    private const string Domain = """{ "ServiceArn": "$web.Service.ServiceArn", "DomainName": "example.com" }""";

    public static Part Part { get; } = new("custom domains",
    [
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}} }""").As("web"),
        Call("AssociateCustomDomain", Domain).Fails("InvalidStateException"),
        Pass(),
        Call("DescribeCustomDomains", Service).Counts("CustomDomains", 0).Gives("ServiceArn", "$web.Service.ServiceArn").Lacks("NextToken"),

        // From the association to the active domain.
        Call("AssociateCustomDomain", """{ "ServiceArn": "$web.Service.ServiceArn", "DomainName": "example.com", "EnableWWWSubdomain": true }""")
            .Gives("ServiceArn", "$web.Service.ServiceArn")
            .Gives("CustomDomain.DomainName", "example.com")
            .Gives("CustomDomain.EnableWWWSubdomain", true)
            .Gives("CustomDomain.Status", "CREATING")
            .Counts("VpcDNSTargets", 0)
            .Has("DNSTarget")
            .Lacks("CustomDomain.CertificateValidationRecords[0]"),
        Call("AssociateCustomDomain", Domain).Fails("InvalidRequestException"),
        Pass(),
        Call("DescribeCustomDomains", Service)
            .Gives("CustomDomains[0].Status", "PENDING_CERTIFICATE_DNS_VALIDATION")
            .Gives("CustomDomains[0].CertificateValidationRecords[0].Status", "PENDING_VALIDATION")
            .Gives("CustomDomains[0].CertificateValidationRecords[0].Type", "CNAME")
            .Has("CustomDomains[0].CertificateValidationRecords[0].Name")
            .Has("CustomDomains[0].CertificateValidationRecords[0].Value"),
        Pass(),
        Call("DescribeCustomDomains", Service)
            .Gives("CustomDomains[0].Status", "BINDING_CERTIFICATE")
            .Gives("CustomDomains[0].CertificateValidationRecords[0].Status", "SUCCESS"),
        Pass(),
        Call("DescribeCustomDomains", Service).Gives("CustomDomains[0].Status", "ACTIVE"),

        // Pages.
        Call("AssociateCustomDomain", """{ "ServiceArn": "$web.Service.ServiceArn", "DomainName": "*.example.com" }""").Fails("InvalidRequestException"),
        Call("AssociateCustomDomain", """{ "ServiceArn": "$web.Service.ServiceArn", "DomainName": "*.example.com", "EnableWWWSubdomain": false }""")
            .Gives("CustomDomain.EnableWWWSubdomain", false),
        Call("DescribeCustomDomains", """{ "ServiceArn": "$web.Service.ServiceArn", "MaxResults": 1 }""").As("page")
            .Counts("CustomDomains", 1)
            .Has("NextToken"),
        Call("DescribeCustomDomains", """{ "ServiceArn": "$web.Service.ServiceArn", "MaxResults": 5, "NextToken": "$page.NextToken" }""")
            .Counts("CustomDomains", 1)
            .Lacks("NextToken"),
        Call("DescribeCustomDomains", """{ "ServiceArn": "$web.Service.ServiceArn", "MaxResults": 6 }""").Fails("InvalidRequestException"),

        // Disassociation.
        Call("DisassociateCustomDomain", Domain).Gives("CustomDomain.Status", "DELETING").Gives("CustomDomain.DomainName", "example.com").Has("DNSTarget"),
        Call("DisassociateCustomDomain", Domain).Fails("InvalidStateException"),
        Pass(),
        Call("DescribeCustomDomains", Service).Counts("CustomDomains", 1).Gives("CustomDomains[0].DomainName", "*.example.com"),
        Call("DisassociateCustomDomain", Domain).Fails("ResourceNotFoundException"),
        Call("DisassociateCustomDomain", """{ "ServiceArn": "web-1", "DomainName": "example.com" }""").Fails("InvalidRequestException"),

        // A private service has DNS names in the VPCs of its ingress connections.
        Call("CreateService", $$"""{ "ServiceName": "private-1", {{Source}}, "NetworkConfiguration": { "IngressConfiguration": { "IsPubliclyAccessible": false } } }""").As("private"),
        Pass(),
        Call("CreateVpcIngressConnection", """
            {
              "ServiceArn": "$private.Service.ServiceArn",
              "VpcIngressConnectionName": "way-1",
              "IngressVpcConfiguration": { "VpcId": "vpc-0123456789abcdef0", "VpcEndpointId": "vpce-0123456789abcdef0" }
            }
            """).As("way"),
        Pass(),
        Call("AssociateCustomDomain", """{ "ServiceArn": "$private.Service.ServiceArn", "DomainName": "inside.example.com" }""")
            .Gives("VpcDNSTargets[0].VpcIngressConnectionArn", "$way.VpcIngressConnection.VpcIngressConnectionArn")
            .Gives("VpcDNSTargets[0].VpcId", "vpc-0123456789abcdef0")
            .Has("VpcDNSTargets[0].DomainName"),

        Call("AssociateCustomDomain", $$"""{ "ServiceArn": "{{NoService}}", "DomainName": "example.com" }""").Fails("InvalidRequestException"),
        Call("DescribeCustomDomains", $$"""{ "ServiceArn": "{{NoService}}" }""").Fails("ResourceNotFoundException"),
        Call("DisassociateCustomDomain", $$"""{ "ServiceArn": "{{NoService}}", "DomainName": "example.com" }""").Fails("ResourceNotFoundException"),
    ]);
}
