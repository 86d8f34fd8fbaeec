using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.VpcIngressConnections;

public sealed class IngressReadTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("", "to-one to-two")]
    [InlineData("-Service one1", "to-one")]
    [InlineData("-Service two2, one1", "to-one to-two")]
    [InlineData("-ServiceArn (Get-ARService one1).ServiceArn", "to-one")]
    [InlineData("-Service (Get-ARService one1)", "to-one")]
    [InlineData("-VpcEndpointId vpce-0123456789abcdef1", "to-two")]
    [InlineData("-VpcEndpointId vpce-0123456789abcdef9", "")]
    [InlineData("-Service one1 -VpcEndpointId vpce-0123456789abcdef1", "")]
    [InlineData("to-* -Service two2", "to-two")]
    [InlineData("to-t* -Service one1", "")]
    [InlineData("to-* -Detailed", "to-one to-two")]
    [InlineData("to-two, to-one", "to-two to-one")]
    [InlineData("to-one -VpcEndpointId vpce-0123456789abcdef0", "to-one")]
    [InlineData("to-one -VpcEndpointId vpce-0123456789abcdef1", "")]
    [InlineData("to-one -Service one1", "to-one")]
    [InlineData("to-one -Service two2", "")]
    public void Connections_are_filtered_by_service_and_endpoint(string parameters, string expected)
    {
        CreateTwo();

        session.Run("Get-ARVpcIngressConnection " + parameters).All<VpcIngressConnectionSummary>().Select(ingress => ingress.ToString()).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public void A_list_writes_summaries_and_Detailed_describes_the_connections()
    {
        CreateTwo();

        session.Run("Get-ARVpcIngressConnection").All<VpcIngressConnectionSummary>().ShouldAllBe(ingress => ingress.GetType() == typeof(VpcIngressConnectionSummary) && ingress.VpcIngressConnectionName!.StartsWith("to-", StringComparison.Ordinal));
        session.Run("Get-ARVpcIngressConnection -Detailed").All<VpcIngressConnection>().ShouldAllBe(ingress => ingress.Status == VpcIngressConnectionStatus.Available && ingress.DomainName != null && ingress.VpcIngressConnectionName!.StartsWith("to-", StringComparison.Ordinal) && ingress.AccountId == "000000000000");
    }

    [Theory]
    [InlineData("Get-ARService one1 | Get-ARVpcIngressConnection", "to-one")]
    [InlineData("Get-ARService | Get-ARVpcIngressConnection", "to-one to-two")]
    [InlineData("Get-ARService public | Get-ARVpcIngressConnection", "")]
    public void Piped_services_return_their_VPC_ingress_connections(string script, string expected)
    {
        CreateTwo();
        session.NewService("public");

        session.Run(script).All<VpcIngressConnectionSummary>().Select(ingress => ingress.ToString()).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Theory]
    [InlineData("-Region eu-west-1")]
    [InlineData("-Region eu-west-1 -Detailed")]
    [InlineData("-Region eu-west-1, us-east-1 -Detailed")]
    [InlineData("-Region eu-west-1 to-one")]
    [InlineData("-Region eu-west-1 to-* -Detailed")]
    public void The_region_of_the_service_ARN_takes_precedence(string parameters)
    {
        CreateTwo();

        session.Run("Get-ARVpcIngressConnection -Service (Get-ARService one1).ServiceArn " + parameters).Output.ShouldHaveSingleItem()!.ToString().ShouldBe("to-one");
    }

    [Fact]
    public void A_piped_VPC_ingress_connection_returns_its_service()
    {
        CreateTwo();

        session.Run("Get-ARVpcIngressConnection to-two | Get-ARService").Service.ServiceName.ShouldBe("two2");
    }

    [Fact]
    public void A_missing_service_is_an_error_and_the_others_are_read()
    {
        CreateTwo();

        var result = session.Run("Get-ARVpcIngressConnection -Service onne1, two2");

        result.ErrorWith("ServiceNotFound").TargetObject.ShouldBe("onne1");
        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("to-two");
    }

    [Theory]
    [InlineData("-Service ''")]
    [InlineData("-Service @{ Foo = 1 }")]
    [InlineData("-Service arn:aws:apprunner:us-east-1:000000000000:connection/web1/0123456789abcdef0123456789abcdef")]
    public void An_invalid_service_is_an_error_and_no_request_is_sent(string parameters)
    {
        session.Run("Get-ARVpcIngressConnection " + parameters).ErrorWith("InvalidParameter");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    private void CreateTwo()
    {
        foreach (var (name, service, endpoint) in new[] { ("to-one", "one1", "vpce-0123456789abcdef0"), ("to-two", "two2", "vpce-0123456789abcdef1") })
        {
            session.NewPrivateService(service);
            session.Run($"New-ARVpcIngressConnection {name} {service} -VpcId vpc-0123456789abcdef0 -VpcEndpointId {endpoint} -Wait -PollInterval 0.02").ShouldBeClean();
        }
    }
}
