using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.CustomDomains;

public sealed class CustomDomainTests : IDisposable
{
    private const string Poll = " -Wait -PollInterval 0.02";
    private const string ServiceArn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public static TheoryData<string> BadDomains =>
    [
        "example", "'ex ample.com'", "'.example.com'", "example..com", "'-example.com'", "'a*.example.com'", "'*'", "'*example.com'", "'https://example.com'", "'example.com/path'", "'exämple.com'", "(('a' * 64) + '.com')", "(('abcdefgh.' * 30) + 'com')",
    ];

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_added_domain_has_its_service_and_no_null_collections()
    {
        var service = session.NewService("web1");

        var domain = session.Run("Add-ARCustomDomain web1 shop.example.com").All<CustomDomain>().Single();

        (domain.DomainName, domain.Status, domain.EnableWWWSubdomain).ShouldBe(("shop.example.com", CustomDomainAssociationStatus.Creating, true));
        (domain.ServiceArn, domain.ServiceName, domain.Region, domain.DNSTarget).ShouldBe((service.ServiceArn, "web1", "us-east-1", service.ServiceUrl));
        domain.CertificateValidationRecords.ShouldNotBeNull().ShouldBeEmpty();
        domain.VpcDNSTargets.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Add-ARCustomDomain web1 shop.example.com")]
    [InlineData("Add-ARCustomDomain -Service web1 -DomainName shop.example.com")]
    [InlineData("Add-ARCustomDomain -ServiceArn (Get-ARService web1).ServiceArn -Domain shop.example.com")]
    [InlineData("'web1' | Add-ARCustomDomain -DomainName shop.example.com")]
    [InlineData("Get-ARService web* | Add-ARCustomDomain -DomainName shop.example.com")]
    [InlineData("[pscustomobject]@{ ServiceName = 'web1'; DomainName = 'shop.example.com'; EnableWWWSubdomain = '' } | Add-ARCustomDomain")]
    [InlineData("[pscustomobject]@{ ServiceArn = ''; ServiceName = 'web1'; DomainName = 'shop.example.com'; EnableWWWSubdomain = 'True' } | Add-ARCustomDomain")]
    public void A_domain_is_added_by_parameters_pipeline_and_row(string script)
    {
        session.NewService("web1");

        session.Run(script).All<CustomDomain>().Single().EnableWWWSubdomain.ShouldBe(true);

        session.Run("Get-ARCustomDomain web1").All<CustomDomain>().Single().DomainName.ShouldBe("shop.example.com");
    }

    [Fact]
    public void With_Wait_an_added_domain_has_certificate_records()
    {
        using var slower = Session.Local("-OperationDuration 0.1");
        slower.NewService("web1");

        var domain = slower.Run("Add-ARCustomDomain web1 shop.example.com" + Poll).All<CustomDomain>().Single();

        domain.CertificateValidationRecords!.Count.ShouldBe(3);
        domain.CertificateValidationRecords.ShouldAllBe(record => record.Type == "CNAME" && record.Name!.EndsWith("shop.example.com", StringComparison.Ordinal) && record.Value!.Length > 0);
    }

    [Fact]
    public async Task EnableWWWSubdomain_is_false_for_a_wildcard_and_not_sent_otherwise()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        await using var disposal = relay;
        relayed.NewService("web1");

        relayed.Run("Add-ARCustomDomain web1 *.example.com").All<CustomDomain>().Single().EnableWWWSubdomain.ShouldBe(false);
        relayed.Run("Add-ARCustomDomain web1 example.org -EnableWWWSubdomain $false").All<CustomDomain>().Single().EnableWWWSubdomain.ShouldBe(false);
        relayed.Run("Add-ARCustomDomain web1 example.net").All<CustomDomain>().Single().EnableWWWSubdomain.ShouldBe(true);

        relay.Server.Requests.Where(request => Relay.Operation(request) == "AssociateCustomDomain").Select(request => System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["EnableWWWSubdomain"]?.GetValue<bool>())
            .ShouldBe([false, false, null]);
    }

    [Theory]
    [MemberData(nameof(BadDomains))]
    public void An_invalid_domain_is_rejected_before_a_request_is_sent(string domain)
    {
        var error = session.Run($"Add-ARCustomDomain {ServiceArn} {domain}").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("DomainName");
        error.TargetObject.ShouldBe(ServiceArn);
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_wildcard_with_www_is_rejected_before_a_request_is_sent()
    {
        session.Run($"Add-ARCustomDomain {ServiceArn} *.example.com -EnableWWWSubdomain $true").ErrorWith("InvalidParameter").ToString().ShouldContain("EnableWWWSubdomain");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("@{ Foo = 1 }")]
    [InlineData("arn:aws:apprunner:us-east-1:000000000000:connection/web1/0123456789abcdef0123456789abcdef")]
    public void An_invalid_service_is_an_error_and_no_request_is_sent(string service)
    {
        foreach (var command in new[] { "Add-ARCustomDomain -DomainName shop.example.com", "Get-ARCustomDomain", "Remove-ARCustomDomain -Confirm:$false -DomainName shop.example.com" })
            session.Run($"{command} -Service {service}").ErrorWith("InvalidParameter");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void A_missing_service_is_an_error_and_the_others_are_processed()
    {
        session.NewService("web1");

        foreach (var command in new[] { "Add-ARCustomDomain -DomainName shop.example.com" + Poll, "Get-ARCustomDomain", "Remove-ARCustomDomain -Confirm:$false -DomainName shop.example.com" })
        {
            var result = session.Run("'webb1', 'web1' | " + command);

            var error = result.ErrorWith("ServiceNotFound");
            error.ToString().ShouldContain("Did you mean \"web1\"?", Case.Sensitive, command);
            error.TargetObject.ShouldBe("webb1", command);
            result.Output.Count.ShouldBe(1, command);
            session.Run("'webb1', 'web1' | " + command + " -ErrorAction Stop").Ended.ShouldBeAssignableTo<RuntimeException>(command)!.ErrorRecord.Id().ShouldBe("ServiceNotFound", command);
        }
    }

    [Theory]
    [InlineData("", "a.example.com b.example.com *.example.org")]
    [InlineData("a.example.com", "a.example.com")]
    [InlineData("A.EXAMPLE.COM", "a.example.com")]
    [InlineData("b.example.com, a.example.com", "b.example.com a.example.com")]
    [InlineData("*.com", "a.example.com b.example.com")]
    [InlineData("'?.example*'", "a.example.com b.example.com *.example.org")]
    [InlineData("'*.example.org'", "*.example.org")]
    [InlineData("'x*'", "")]
    [InlineData("-Status ACTIVE", "a.example.com b.example.com *.example.org")]
    [InlineData("-Status creating", "")]
    public void Domains_are_read_by_name_by_pattern_and_by_status(string parameters, string expected)
    {
        session.NewService("web1");
        session.Run("'a.example.com', 'b.example.com', '*.example.org' | ForEach-Object { Add-ARCustomDomain web1 $_ }").ShouldBeClean();

        session.Run("Get-ARCustomDomain web1 " + parameters).All<CustomDomain>().Select(domain => domain.DomainName).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_name_of_a_wildcard_domain_selects_only_that_domain()
    {
        session.NewService("web1");
        session.Run("'*.example.org', 'a.example.org' | ForEach-Object { Add-ARCustomDomain web1 $_ }").ShouldBeClean();

        session.Run("Get-ARCustomDomain web1 *.example.org | Remove-ARCustomDomain -Confirm:$false" + Poll).All<CustomDomain>().Single().DomainName.ShouldBe("*.example.org");

        session.Run("Get-ARCustomDomain web1 *.example.org").All<CustomDomain>().Single().DomainName.ShouldBe("a.example.org");
        session.Run("Get-ARCustomDomain web1 *.example.net").ErrorWith("ResourceNotFound");
    }

    [Fact]
    public void A_missing_domain_is_an_error_and_the_others_are_read()
    {
        session.NewService("web1");
        session.Run("Add-ARCustomDomain web1 a.example.com").ShouldBeClean();

        var result = session.Run("Get-ARCustomDomain web1 nowhere.example.com, a.example.com");

        result.ErrorWith("ResourceNotFound").ToString().ShouldBe("Service \"web1\" has no custom domain \"nowhere.example.com\".");
        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("a.example.com");
        session.Run("Get-ARCustomDomain web1 -Status ACTIV").Warnings.ShouldHaveSingleItem().ShouldContain("Did you mean \"ACTIVE\"?");
    }

    [Fact]
    public void Domains_of_several_services_have_their_ServiceArn()
    {
        session.NewService("web1");
        session.NewService("web2");
        session.Run("Add-ARCustomDomain web1 a.example.com; Add-ARCustomDomain web2 b.example.com").ShouldBeClean();

        session.Run("Get-ARService | Get-ARCustomDomain").All<CustomDomain>().Select(domain => $"{domain.ServiceName} {domain.DomainName}").Order().ShouldBe(["web1 a.example.com", "web2 b.example.com"]);
        session.Run("Get-ARCustomDomain web1 | Get-ARService").Service.ServiceName.ShouldBe("web1");
    }

    [Fact]
    public async Task Domains_of_all_pages_have_the_DNS_targets()
    {
        await using var server = new ScriptedServer(
            ScriptedServer.Respond($$"""{"ServiceArn":"{{ServiceArn}}","DNSTarget":"target","CustomDomains":[{"DomainName":"a.example.com"}],"NextToken":"next"}"""),
            ScriptedServer.Respond($$"""{"ServiceArn":"{{ServiceArn}}","DNSTarget":"target","CustomDomains":[{"DomainName":"b.example.com"}],"VpcDNSTargets":[{"VpcId":"vpc-1","DomainName":"inside"}]}"""));
        using var other = Session.To(server);

        var domains = other.Run("Get-ARCustomDomain " + ServiceArn).All<CustomDomain>();

        domains.Select(domain => $"{domain.DomainName} {domain.DNSTarget} {domain.VpcDNSTargets!.Count}").ShouldBe(["a.example.com target 0", "b.example.com target 1"]);
        server.Requests[0].Body.ShouldContain("\"MaxResults\":5");
        server.Requests[1].Body.ShouldContain("\"NextToken\":\"next\"");
    }

    [Fact]
    public void A_piped_domain_is_removed_and_the_others_remain()
    {
        session.NewService("web1");
        session.Run("'a.example.com', 'b.example.com' | ForEach-Object { Add-ARCustomDomain web1 $_ }").ShouldBeClean();

        var removed = session.Run("Get-ARCustomDomain web1 a.example.com | Remove-ARCustomDomain -Confirm:$false" + Poll).All<CustomDomain>().Single();

        (removed.DomainName, removed.Status, removed.ServiceName).ShouldBe(("a.example.com", CustomDomainAssociationStatus.Deleting, "web1"));
        session.Run("Get-ARCustomDomain web1").All<CustomDomain>().Single().DomainName.ShouldBe("b.example.com");
    }

    [Fact]
    public void Confirmation_shows_domain_and_service_and_Remove_prompts_by_default()
    {
        session.NewService("web1");
        session.Host.Reply = "No";
        session.Run("Add-ARCustomDomain web1 a.example.com -Confirm").ShouldBeClean().Output.ShouldBeEmpty();
        session.Run("Add-ARCustomDomain web1 a.example.com; Remove-ARCustomDomain web1 a.example.com").Output.Count.ShouldBe(1);

        session.Host.Questions.Count.ShouldBe(2);
        session.Host.Questions.ShouldContain(question => question.Contains("\"Add custom domain\" on target \"a.example.com of service web1 in us-east-1, account 000000000000 (local endpoint)\"", StringComparison.Ordinal));
        session.Host.Questions.ShouldContain(question => question.Contains("\"Remove custom domain\" on target \"a.example.com of service web1 in us-east-1, account 000000000000 (local endpoint)\"", StringComparison.Ordinal));
        session.Run("Get-ARCustomDomain web1").Output.Count.ShouldBe(1);
    }
}
