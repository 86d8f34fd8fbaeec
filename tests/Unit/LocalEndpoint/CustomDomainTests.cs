using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class CustomDomainTests
{
    [Fact]
    public async Task Association_of_a_domain_goes_through_all_statuses_to_active()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var response = await Associate(endpoint, service, "Example.com");
        (response.DNSTarget, response.ServiceArn).ShouldBe((service.ServiceUrl, service.ServiceArn));
        response.VpcDNSTargets!.ShouldBeEmpty();
        (response.CustomDomain!.DomainName, response.CustomDomain.EnableWWWSubdomain, response.CustomDomain.Status).ShouldBe(("Example.com", true, CustomDomainAssociationStatus.Creating));
        response.CustomDomain.CertificateValidationRecords!.ShouldBeEmpty();
        await ChangesAsync(CustomDomainAssociationStatus.Creating, CustomDomainAssociationStatus.PendingCertificateDnsValidation);

        var pending = (await Only(endpoint, service)).CertificateValidationRecords!;
        pending.ShouldAllBe(record => record.Status == CertificateValidationRecordStatus.PendingValidation);
        await ChangesAsync(CustomDomainAssociationStatus.PendingCertificateDnsValidation, CustomDomainAssociationStatus.BindingCertificate);
        var validated = (await Only(endpoint, service)).CertificateValidationRecords!;
        validated.ShouldAllBe(record => record.Status == CertificateValidationRecordStatus.Success);
        validated.Select(record => record.ToString()).ShouldBe(pending.Select(record => record.ToString()));
        await ChangesAsync(CustomDomainAssociationStatus.BindingCertificate, CustomDomainAssociationStatus.Active);
        endpoint.Clock.Advance(TimeSpan.FromDays(1));
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Active);

        async Task ChangesAsync(string before, string after)
        {
            endpoint.Clock.Advance(TestEndpoint.Duration - TimeSpan.FromMilliseconds(1));
            (await Only(endpoint, service)).Status.ShouldBe(before);
            endpoint.Clock.Advance(TimeSpan.FromMilliseconds(1));
            (await Only(endpoint, service)).Status.ShouldBe(after);
        }
    }

    [Fact]
    public async Task All_statuses_pass_also_without_requests_in_between()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        endpoint.Clock.Advance(TestEndpoint.Duration * 3);
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Active);
    }

    [Theory]
    [InlineData("example.com", null, "example.com", "www.example.com", "2a57j7.example.com")]
    [InlineData("api.example.com", false, "api.example.com", "2a57j7.api.example.com")]
    [InlineData("*.example.com", false, "example.com", "2a57j7.example.com")]
    public async Task Certificate_validation_records_have_the_format_of_ACM(string domain, bool? www, params string[] names)
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, domain, www);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        var records = (await Only(endpoint, service)).CertificateValidationRecords!;
        records.Count.ShouldBe(names.Length);
        foreach (var (record, name) in records.Zip(names))
        {
            record.Type.ShouldBe("CNAME");
            record.Name!.ShouldMatch("\\A_[0-9a-f]{32}\\." + name.Replace(".", "\\.", StringComparison.Ordinal).Replace("2a57j7", "2a57j7[a-z0-9]{25}", StringComparison.Ordinal) + "\\.\\z");
            record.Value!.ShouldMatch("\\A_[0-9a-f]{32}\\.[a-z]{10}\\.acm-validations\\.aws\\.\\z");
        }

        records.SelectMany(record => new[] { record.Name, record.Value }).ShouldBeUnique();
    }

    [Fact]
    public async Task A_disassociated_domain_is_deleted_and_can_be_associated_again()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        endpoint.Clock.Advance(TestEndpoint.Duration * 3);
        var response = await Disassociate(endpoint, service, "EXAMPLE.com");
        (response.DNSTarget, response.ServiceArn, response.CustomDomain!.Status).ShouldBe((service.ServiceUrl, service.ServiceArn, CustomDomainAssociationStatus.Deleting));
        endpoint.Clock.Advance(TestEndpoint.Duration - TimeSpan.FromMilliseconds(1));
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Deleting);
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await Listed(endpoint, service)).ShouldBeEmpty();
        await Associate(endpoint, service, "example.com");
    }

    [Fact]
    public async Task A_domain_can_be_disassociated_during_its_association()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        endpoint.Clock.Advance(TestEndpoint.Duration * 1.5);
        await Disassociate(endpoint, service, "example.com");
        endpoint.Clock.Advance(TestEndpoint.Duration * 0.75);
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Deleting);
        endpoint.Clock.Advance(TestEndpoint.Duration * 0.25);
        (await Listed(endpoint, service)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_domain_can_be_disassociated_after_a_failure()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        endpoint.Endpoint.SetNextOutcome("FAILED", "ASSOCIATE_CUSTOM_DOMAIN", "EXAMPLE.COM");
        await Associate(endpoint, service, "example.com");
        await Associate(endpoint, service, "example.org");
        endpoint.Clock.Advance(TestEndpoint.Duration * 3);
        (await Listed(endpoint, service)).Select(domain => domain.Status).ShouldBe([CustomDomainAssociationStatus.CreateFailed, CustomDomainAssociationStatus.Active]);
        (await Listed(endpoint, service))[0].CertificateValidationRecords!.ShouldBeEmpty();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, service, "example.com"), "already associated");

        endpoint.Endpoint.SetNextOutcome("FAILED", "DISASSOCIATE_CUSTOM_DOMAIN", "example.org");
        await Disassociate(endpoint, service, "example.com");
        await Disassociate(endpoint, service, "example.org");
        endpoint.Clock.Advance(TestEndpoint.Duration);
        var left = await Only(endpoint, service);
        (left.DomainName, left.Status, left.CertificateValidationRecords!.Count).ShouldBe(("example.org", CustomDomainAssociationStatus.DeleteFailed, 3));
        await Disassociate(endpoint, service, "example.org");
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Listed(endpoint, service)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost", "must be a full domain name")]
    [InlineData("*.com", "must be a full domain name")]
    [InlineData(".example.com", "has an empty label")]
    [InlineData("example.com.", "has an empty label")]
    [InlineData("example..com", "has an empty label")]
    [InlineData("-example.com", "has a label that begins or ends with a hyphen")]
    [InlineData("example-.com", "has a label that begins or ends with a hyphen")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123.com", "has a label of more than 63 characters")]
    [InlineData("login*.example.com", "can have * only as its first label")]
    [InlineData("login.*.example.com", "can have * only as its first label")]
    [InlineData("*.*.example.com", "can have * only as its first label")]
    [InlineData("*example.com", "can have * only as its first label")]
    [InlineData("exa_mple.com", "must be a domain name")]
    [InlineData("exämple.com", "must be a domain name")]
    [InlineData("https://example.com", "must be a domain name")]
    [InlineData("no domain", "1 validation error detected: DomainName: 'no domain' must be a domain name")]
    [InlineData("", "is required")]
    public async Task A_malformed_domain_name_is_rejected(string domain, string message)
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, service, domain, www: false), message);
        (await Listed(endpoint, service)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wildcard_domain_cannot_have_a_www_subdomain()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, service, "*.example.com"), "EnableWWWSubdomain: must be false for a wildcard");
        (await Listed(endpoint, service)).ShouldBeEmpty();
        await Associate(endpoint, service, "*.example.com", www: false);
    }

    [Theory]
    [InlineData("example.com", true, "EXAMPLE.com", false, "EXAMPLE.com")]
    [InlineData("example.com", true, "www.example.com", false, "www.example.com")]
    [InlineData("www.example.com", false, "example.com", true, "www.example.com")]
    public async Task A_domain_can_be_associated_only_once_in_a_region(string first, bool firstWww, string second, bool secondWww, string taken)
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var other = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        await Associate(endpoint, service, first, firstWww);
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, service, second, secondWww), $"{taken} is already associated with {service.ServiceArn}.");
        var refusal = await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, other, second, secondWww), $"{taken} is already associated with {service.ServiceArn}.");
        InvalidRequestException.ForResource(refusal).ErrorId.ShouldBe(ErrorIds.ResourceAlreadyExists);
        (await Listed(endpoint, service)).Count.ShouldBe(1);
        (await Listed(endpoint, other)).ShouldBeEmpty();

        var elsewhere = await endpoint.RunningServiceAsync(region: "eu-west-1");
        await Associate(endpoint, elsewhere, second, secondWww, "eu-west-1");
    }

    [Fact]
    public async Task Subdomains_and_wildcards_can_be_associated_beside_the_domain()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        foreach (var domain in new[] { "example.com", "login.example.com" })
            await Associate(endpoint, service, domain);
        await Associate(endpoint, service, "*.example.com", www: false);
        (await Listed(endpoint, service)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_service_can_have_five_domains()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        for (var i = 1; i <= 5; i++)
            await Associate(endpoint, service, $"example{i}.com");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, service, "example6.com"), "The service has 5 custom domains");
        (await Listed(endpoint, service)).Count.ShouldBe(5);
        var other = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        await Associate(endpoint, other, "example6.com");

        await Disassociate(endpoint, service, "example2.com");
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Associate(endpoint, service, "example7.com");
        (await Listed(endpoint, service)).Select(domain => domain.DomainName).ShouldBe(["example1.com", "example3.com", "example4.com", "example5.com", "example7.com"]);
    }

    [Fact]
    public async Task Association_requires_a_running_service()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn });
        await Not(ServiceStatus.OperationInProgress);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Not(ServiceStatus.Paused);
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Not(ServiceStatus.Deleted);

        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed, OperationType.CreateService);
        service = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        await Not(ServiceStatus.CreateFailed);

        async Task Not(string status)
        {
            await ServiceLifecycleTests.Refused<InvalidStateException>(() => Associate(endpoint, service, "example.com"), $"Service cannot be associated with a domain in the current state: {status}.");
            (await Listed(endpoint, service)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Disassociation_is_allowed_for_a_paused_service_but_not_during_an_operation()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        endpoint.Clock.Advance(TestEndpoint.Duration * 3);
        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn });
        await ServiceLifecycleTests.Refused<InvalidStateException>(
            () => Disassociate(endpoint, service, "example.com"), "Service cannot be disassociated from a domain in the current state: OPERATION_IN_PROGRESS.");
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Active);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Disassociate(endpoint, service, "example.com");
        await ServiceLifecycleTests.Refused<InvalidStateException>(() => Disassociate(endpoint, service, "example.com"), "Custom domain cannot be disassociated in the current state: DELETING.");
    }

    [Fact]
    public async Task An_unknown_domain_or_service_is_not_found()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var other = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        await Associate(endpoint, service, "example.com");
        await NoDomain(service, "example.org");
        await NoDomain(service, "www.example.com");
        await NoDomain(other, "example.com");
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Creating);

        service.ServiceArn += "0";
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, service, "example.org"), "ServiceArn: there is no service with this ARN: " + service.ServiceArn);
        await ServiceLifecycleTests.Refused<ResourceNotFoundException>(() => Disassociate(endpoint, service, "example.com"), "Service with the provided ARN could not be found");
        await ServiceLifecycleTests.Refused<ResourceNotFoundException>(() => Listed(endpoint, service), "Service with the provided ARN could not be found");

        Task NoDomain(ServiceSummary of, string domain) => ServiceLifecycleTests.Refused<ResourceNotFoundException>(
            () => Disassociate(endpoint, of, domain), $"No custom domain {domain} found for the provided service: {of.ServiceArn}");
    }

    [Fact]
    public async Task Deleting_a_service_deletes_its_domains()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        (await Listed(endpoint, service)).Count.ShouldBe(1);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Listed(endpoint, service)).ShouldBeEmpty();

        // Scheduled changes of the old domain do not affect the new one.
        var next = await endpoint.RunningServiceAsync();
        await Associate(endpoint, next, "example.com");
        (await Only(endpoint, next)).Status.ShouldBe(CustomDomainAssociationStatus.Creating);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Only(endpoint, next)).Status.ShouldBe(CustomDomainAssociationStatus.PendingCertificateDnsValidation);
    }

    [Fact]
    public async Task A_failed_deletion_keeps_the_domains()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed, OperationType.DeleteService);
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration * 3);
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Active);
        await Disassociate(endpoint, service, "example.com");
    }

    [Fact]
    public async Task A_VPC_ingress_connection_adds_a_VpcDNSTarget()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        var connection = (await endpoint.SendAsync(new CreateVpcIngressConnectionRequest
        {
            ServiceArn = service.ServiceArn,
            VpcIngressConnectionName = "inside",
            IngressVpcConfiguration = new IngressVpcConfiguration { VpcId = "vpc-0123456789abcdef0", VpcEndpointId = "vpce-0123456789abcdef0" },
        })).VpcIngressConnection!;
        endpoint.Clock.Advance(TestEndpoint.Duration);

        Check((await Associate(endpoint, service, "example.com")).VpcDNSTargets!);
        Check((await Describe(endpoint, service)).VpcDNSTargets!);
        Check((await Disassociate(endpoint, service, "example.com")).VpcDNSTargets!);

        void Check(List<VpcDNSTarget> targets)
        {
            var target = targets.ShouldHaveSingleItem();
            (target.VpcIngressConnectionArn, target.VpcId, target.DomainName).ShouldBe((connection.VpcIngressConnectionArn, "vpc-0123456789abcdef0", connection.DomainName));
        }
    }

    [Fact]
    public async Task Domains_are_paged_and_a_NextToken_is_valid_for_its_service_only()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var other = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        foreach (var domain in new[] { "c.example.com", "a.example.com", "b.example.com" })
            await Associate(endpoint, service, domain);
        var first = await Describe(endpoint, service, 2);
        first.CustomDomains!.Select(domain => domain.DomainName).ShouldBe(["c.example.com", "a.example.com"]);
        var last = await Describe(endpoint, service, 2, first.NextToken);
        last.CustomDomains!.Select(domain => domain.DomainName).ShouldBe(["b.example.com"]);
        (last.NextToken, last.DNSTarget, last.ServiceArn).ShouldBe((null, service.ServiceUrl, service.ServiceArn));
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Describe(endpoint, other, null, first.NextToken), "NextToken");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Describe(endpoint, service, 6), "MaxResults");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Describe(endpoint, service, 0), "MaxResults");
    }

    private static Task<AssociateCustomDomainResponse> Associate(TestEndpoint endpoint, ServiceSummary service, string domain, bool? www = null, string region = "us-east-1") =>
        endpoint.SendAsync(new AssociateCustomDomainRequest { ServiceArn = service.ServiceArn, DomainName = domain, EnableWWWSubdomain = www }, region);

    private static Task<DisassociateCustomDomainResponse> Disassociate(TestEndpoint endpoint, ServiceSummary service, string domain) =>
        endpoint.SendAsync(new DisassociateCustomDomainRequest { ServiceArn = service.ServiceArn, DomainName = domain });

    private static Task<DescribeCustomDomainsResponse> Describe(TestEndpoint endpoint, ServiceSummary service, int? most = null, string? token = null) =>
        endpoint.SendAsync(new DescribeCustomDomainsRequest { ServiceArn = service.ServiceArn, MaxResults = most, NextToken = token });

    private static async Task<List<CustomDomain>> Listed(TestEndpoint endpoint, ServiceSummary service) => (await Describe(endpoint, service)).CustomDomains!;

    private static async Task<CustomDomain> Only(TestEndpoint endpoint, ServiceSummary service) => (await Listed(endpoint, service)).ShouldHaveSingleItem();
}
