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
    public async Task A_domain_gets_its_records_later_and_is_active_in_the_end()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var answer = await Associate(endpoint, service, "Example.com");
        (answer.DNSTarget, answer.ServiceArn).ShouldBe((service.ServiceUrl, service.ServiceArn));
        answer.VpcDNSTargets!.ShouldBeEmpty();
        (answer.CustomDomain!.DomainName, answer.CustomDomain.EnableWWWSubdomain, answer.CustomDomain.Status).ShouldBe(("Example.com", true, CustomDomainAssociationStatus.Creating));
        answer.CustomDomain.CertificateValidationRecords!.ShouldBeEmpty();
        await ThenItIs(CustomDomainAssociationStatus.Creating, CustomDomainAssociationStatus.PendingCertificateDnsValidation);

        var pending = (await Only(endpoint, service)).CertificateValidationRecords!;
        pending.ShouldAllBe(record => record.Status == CertificateValidationRecordStatus.PendingValidation);
        await ThenItIs(CustomDomainAssociationStatus.PendingCertificateDnsValidation, CustomDomainAssociationStatus.BindingCertificate);
        var validated = (await Only(endpoint, service)).CertificateValidationRecords!;
        validated.ShouldAllBe(record => record.Status == CertificateValidationRecordStatus.Success);
        validated.Select(record => record.ToString()).ShouldBe(pending.Select(record => record.ToString()));
        await ThenItIs(CustomDomainAssociationStatus.BindingCertificate, CustomDomainAssociationStatus.Active);
        endpoint.Clock.Advance(TimeSpan.FromDays(1));
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Active);

        async Task ThenItIs(string before, string after)
        {
            endpoint.Clock.Advance(TestEndpoint.Duration - TimeSpan.FromMilliseconds(1));
            (await Only(endpoint, service)).Status.ShouldBe(before);
            endpoint.Clock.Advance(TimeSpan.FromMilliseconds(1));
            (await Only(endpoint, service)).Status.ShouldBe(after);
        }
    }

    [Fact]
    public async Task All_its_steps_pass_where_nobody_looks()
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
    public async Task The_records_are_those_of_a_certificate(string domain, bool? www, params string[] names)
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
    public async Task A_removed_domain_is_gone_after_its_time_and_can_come_back()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        endpoint.Clock.Advance(TestEndpoint.Duration * 3);
        var answer = await Disassociate(endpoint, service, "EXAMPLE.com");
        (answer.DNSTarget, answer.ServiceArn, answer.CustomDomain!.Status).ShouldBe((service.ServiceUrl, service.ServiceArn, CustomDomainAssociationStatus.Deleting));
        endpoint.Clock.Advance(TestEndpoint.Duration - TimeSpan.FromMilliseconds(1));
        (await Only(endpoint, service)).Status.ShouldBe(CustomDomainAssociationStatus.Deleting);
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await Listed(endpoint, service)).ShouldBeEmpty();
        await Associate(endpoint, service, "example.com");
    }

    [Fact]
    public async Task A_domain_can_be_removed_on_its_way()
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
    public async Task Failures_leave_what_can_be_removed()
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
    public async Task What_is_no_domain_is_refused(string domain, string message)
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Associate(endpoint, service, domain, www: false), message);
        (await Listed(endpoint, service)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wildcard_goes_without_www()
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
    public async Task A_domain_is_associated_once_in_a_region(string first, bool firstWww, string second, bool secondWww, string taken)
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
    public async Task More_specific_domains_stand_beside_less_specific_ones()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        foreach (var domain in new[] { "example.com", "login.example.com" })
            await Associate(endpoint, service, domain);
        await Associate(endpoint, service, "*.example.com", www: false);
        (await Listed(endpoint, service)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_service_has_five_at_most()
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
    public async Task A_service_that_does_not_run_gets_none()
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
    public async Task A_suspended_service_can_lose_one_and_a_busy_one_cannot()
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
    public async Task What_is_not_there_is_not_found()
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
    public async Task A_deleted_service_takes_its_domains_along()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await Associate(endpoint, service, "example.com");
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        (await Listed(endpoint, service)).Count.ShouldBe(1);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Listed(endpoint, service)).ShouldBeEmpty();

        // What was still to happen to the old one does not happen to the new one.
        var next = await endpoint.RunningServiceAsync();
        await Associate(endpoint, next, "example.com");
        (await Only(endpoint, next)).Status.ShouldBe(CustomDomainAssociationStatus.Creating);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Only(endpoint, next)).Status.ShouldBe(CustomDomainAssociationStatus.PendingCertificateDnsValidation);
    }

    [Fact]
    public async Task A_service_that_could_not_be_deleted_keeps_them()
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
    public async Task Requests_from_a_VPC_have_a_target_of_their_own()
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
    public async Task They_come_page_by_page_and_a_token_is_good_for_its_service_only()
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
