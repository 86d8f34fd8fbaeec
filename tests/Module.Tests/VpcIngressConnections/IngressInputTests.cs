using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.VpcIngressConnections;

public sealed class IngressInputTests : IDisposable
{
    private const string Poll = " -Wait -PollInterval 0.02";

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("web1 -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0")]
    [InlineData("web1 -IngressVpcConfiguration @{ VpcId = 'vpc-0123456789abcdef0'; vpcendpointid = 'vpce-0123456789abcdef0' }")]
    [InlineData("web1 -IngressVpcConfiguration ([pscustomobject]@{ VpcId = 'vpc-0123456789abcdef9'; VpcEndpointId = 'vpce-0123456789abcdef0' }) -VpcId vpc-0123456789abcdef0")]
    [InlineData("-Service (Get-ARService web1) -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0")]
    [InlineData("-ServiceArn (Get-ARService web1).ServiceArn -VpcId vpc-0123456789abcdef0 -VpcEndpointId vpce-0123456789abcdef0")]
    public void VpcId_and_VpcEndpointId_are_two_parameters_or_one_object(string parameters)
    {
        session.NewPrivateService("web1");

        session.Run("New-ARVpcIngressConnection inside " + parameters).All<VpcIngressConnection>().Single().IngressVpcConfiguration!.ToString().ShouldBe("vpce-0123456789abcdef0 in vpc-0123456789abcdef0");
    }

    [Theory]
    [InlineData("-IngressVpcConfiguration 7", "IngressVpcConfiguration: must be a hashtable or an IngressVpcConfiguration")]
    [InlineData("-IngressVpcConfiguration @{ VpcId = @{ a = 1 } }", "IngressVpcConfiguration.VpcId")]
    public void An_invalid_configuration_is_rejected_before_a_request_is_sent(string parameters, string message)
    {
        const string Arn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";
        const string Ingress = "arn:aws:apprunner:us-east-1:000000000000:vpcingressconnection/inside/0123456789abcdef0123456789abcdef";

        foreach (var service in new[] { Arn, "web1" })
            session.Run($"New-ARVpcIngressConnection inside {service} {parameters}").ErrorWith("InvalidParameter").ToString().ShouldContain(message);
        session.Run($"Update-ARVpcIngressConnection {Ingress} {parameters}").ErrorWith("InvalidParameter").ToString().ShouldContain(message);

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("nowhere", "ServiceNotFound")]
    [InlineData("''", "InvalidParameter")]
    [InlineData("@{ Foo = 1 }", "InvalidParameter")]
    [InlineData("arn:aws:apprunner:us-east-1:000000000000:vpcingressconnection/inside/0123456789abcdef0123456789abcdef", "InvalidParameter")]
    [InlineData("arn:aws:apprunner:us-east-1:000000000000:service/gone/0123456789abcdef0123456789abcdef", "InvalidParameter")]
    public void A_service_is_required(string service, string id)
    {
        session.Run($"New-ARVpcIngressConnection inside {service} {PrivateService.Vpc}").ErrorWith(id);

        session.Run("Get-ARVpcIngressConnection").Output.ShouldBeEmpty();
    }

    [Fact]
    public void Name_of_a_row_is_the_name_of_the_connection_and_not_of_the_service()
    {
        session.NewPrivateService("web1");

        session.Run("[pscustomobject]@{ Name = 'web1'; VpcId = 'vpc-0123456789abcdef0'; VpcEndpointId = 'vpce-0123456789abcdef0' } | New-ARVpcIngressConnection").ErrorWith("InvalidParameter").ToString().ShouldContain("ServiceName");

        session.Run("Get-ARVpcIngressConnection").Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_public_service_is_rejected_by_App_Runner()
    {
        session.NewService("web1");

        var error = session.Run($"New-ARVpcIngressConnection inside web1 {PrivateService.Vpc}").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("publicly accessible");
        error.TargetObject.ShouldBe(session.Run("Get-ARService web1").Service.ServiceArn);
    }

    [Fact]
    public void A_name_in_use_and_a_second_connection_of_a_service_are_errors()
    {
        session.NewPrivateService("web1");
        session.NewPrivateService("web2");
        session.Run($"New-ARVpcIngressConnection inside web1 {PrivateService.Vpc}").ShouldBeClean();

        session.Run($"New-ARVpcIngressConnection inside web2 {PrivateService.Vpc}").ErrorWith("ResourceAlreadyExists");
        session.Run($"New-ARVpcIngressConnection second web1 {PrivateService.Vpc}").ErrorWith("QuotaExceeded");
    }

    [Theory]
    [InlineData("-VpcId vpc-0123456789abcdef1", "vpce-0123456789abcdef0 in vpc-0123456789abcdef1")]
    [InlineData("-VpcEndpointId vpce-0123456789abcdef1", "vpce-0123456789abcdef1 in vpc-0123456789abcdef0")]
    [InlineData("-IngressVpcConfiguration @{ VpcEndpointId = 'vpce-0123456789abcdef1' }", "vpce-0123456789abcdef1 in vpc-0123456789abcdef0")]
    public async Task An_update_merges_with_the_current_VPC_and_endpoint(string parameters, string expected)
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        await using var disposal = relay;
        relayed.NewPrivateService("web1");
        relayed.Run($"New-ARVpcIngressConnection inside web1 {PrivateService.Vpc}{Poll}").ShouldBeClean();

        relayed.Run($"Update-ARVpcIngressConnection inside {parameters}{Poll}").All<VpcIngressConnection>().Single().IngressVpcConfiguration!.ToString().ShouldBe(expected);

        var sent = relay.BodyOf("UpdateVpcIngressConnection")["IngressVpcConfiguration"]!;
        $"{sent["VpcEndpointId"]} in {sent["VpcId"]}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-VpcId ''")]
    [InlineData("-IngressVpcConfiguration @{}")]
    public void An_update_without_values_is_rejected_before_a_request_is_sent(string parameters)
    {
        session.Run("Update-ARVpcIngressConnection arn:aws:apprunner:us-east-1:000000000000:vpcingressconnection/inside/0123456789abcdef0123456789abcdef " + parameters).ErrorWith("InvalidParameter")
            .ToString().ShouldContain("Nothing to change");

        session.Endpoint.RequestCount.ShouldBe(0);
    }
}
