using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.CustomDomains;

/// <summary>The DNS records for a domain, in the order to add them.</summary>
public sealed class DnsRecordTests
{
    private const string ServiceArn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";
    private const string Shown = " -DnsRecord | ForEach-Object { \"$($_.Purpose): $_ $($_.Status)\" }";

    [Theory]
    [InlineData("example.com", "true", """{"VpcId":"vpc-1","DomainName":"inside"}""", "Traffic: example.com ALIAS outside |Traffic: www.example.com CNAME outside |VPC vpc-1: example.com ALIAS inside |VPC vpc-1: www.example.com CNAME inside ")]
    [InlineData("example.com", "false", "", "Traffic: example.com ALIAS outside ")]
    [InlineData("shop.example.com", "false", "", "Traffic: shop.example.com CNAME outside ")]
    [InlineData("example.co.uk", "false", "", "Traffic: example.co.uk ALIAS outside ")]
    [InlineData("*.example.com", "false", "", "Traffic: *.example.com CNAME outside ")]
    public async Task Certificate_records_come_before_traffic_records(string domain, string www, string vpcTargets, string traffic)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond($$"""
            {"ServiceArn":"{{ServiceArn}}","DNSTarget":"outside.","VpcDNSTargets":[{{vpcTargets}}],"CustomDomains":[{"DomainName":"{{domain}}","EnableWWWSubdomain":{{www}},"Status":"PENDING_CERTIFICATE_DNS_VALIDATION","CertificateValidationRecords":[
            {"Name":"_one.","Type":"CNAME","Value":"first.","Status":"SUCCESS"},{"Name":"_two","Type":"CNAME","Value":"second","Status":"PENDING_VALIDATION"}]}]}
            """));
        using var session = Session.To(server);

        session.Run($"Get-ARCustomDomain {ServiceArn}{Shown}").All<string>()
            .ShouldBe(["Certificate: _one CNAME first SUCCESS", "Certificate: _two CNAME second PENDING_VALIDATION", .. traffic.Split('|')]);
    }

    [Fact]
    public void DNS_records_have_only_string_properties_in_the_order_of_a_zone_file()
    {
        using var session = Session.Local("-OperationDuration 0");
        session.NewService("web1");
        session.Run("Add-ARCustomDomain web1 shop.example.com").ShouldBeClean();

        session.Run("(Get-ARCustomDomain web1 -DnsRecord)[0].psobject.Properties | ForEach-Object { $_.Name }").All<string>().ShouldBe(["Name", "Type", "Value", "Status", "Purpose", "DomainName", "Note"]);
        session.Run("Get-ARCustomDomain web1 -DnsRecord | ForEach-Object { $_.psobject.Properties } | ForEach-Object { $_.TypeNameOfValue }").All<string>().Distinct().ShouldBe(["System.String"]);
    }

    [Fact]
    public async Task Without_certificate_records_only_traffic_records_are_written()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond($$"""{"ServiceArn":"{{ServiceArn}}","DNSTarget":"outside","CustomDomains":[{"DomainName":"example.com","EnableWWWSubdomain":false,"Status":"CREATING"}]}"""));
        using var session = Session.To(server);

        session.Run($"Get-ARCustomDomain {ServiceArn}{Shown}").All<string>().ShouldBe(["Traffic: example.com ALIAS outside "]);
    }

    [Fact]
    public void The_apex_of_a_zone_gets_an_ALIAS_record_and_a_warning()
    {
        using var session = Session.Local("-OperationDuration 0");
        session.NewService("web1");

        var apex = session.Run("Add-ARCustomDomain web1 example.com.");
        apex.All<CustomDomain>().ShouldHaveSingleItem().DomainName.ShouldBe("example.com");
        apex.Warnings.ShouldHaveSingleItem().ShouldStartWith($"If example.com is the apex of your zone, point it to {apex.All<CustomDomain>()[0].DNSTarget} with an ALIAS or ANAME record");
        session.Run("Add-ARCustomDomain web1 shop.example.com").ShouldBeClean().Warnings.ShouldBeEmpty();

        session.Run("Get-ARCustomDomain web1 example.com. -DnsRecord | Where-Object Purpose -eq Traffic | ForEach-Object { \"$($_.Type) $($_.Note)\" }").All<string>()
            .ShouldBe(["ALIAS Use an ALIAS or ANAME record (Route 53: an A record with Alias) if example.com is the apex of your zone, where CNAME is not allowed; else a CNAME record.", "CNAME "]);
        session.Run("Get-ARCustomDomain web1 -DnsRecord | ForEach-Object { $_.Name; $_.Value }").All<string>().ShouldAllBe(name => !name.EndsWith('.'));
    }

    [Fact]
    public void Filters_select_the_domains_of_the_DNS_records()
    {
        using var session = Session.Local("-OperationDuration 0");
        session.NewService("web1");
        session.Run("Add-ARCustomDomain web1 a.example.com -EnableWWWSubdomain $false; Add-ARCustomDomain web1 b.example.com -EnableWWWSubdomain $false").ShouldBeClean();

        session.Run("Get-ARCustomDomain web1 b* -DnsRecord | ForEach-Object { $_.DomainName }").All<string>().Distinct().ShouldBe(["b.example.com"]);
        session.Run("Get-ARCustomDomain web1 -Status DELETING -DnsRecord").ShouldBeClean().Output.ShouldBeEmpty();
    }
}
