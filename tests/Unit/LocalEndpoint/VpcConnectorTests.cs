using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class VpcConnectorTests
{
    [Fact]
    public async Task A_new_connector_has_the_given_subnets_and_the_default_security_group()
    {
        using var endpoint = new TestEndpoint();
        var connector = (await endpoint.SendAsync(new CreateVpcConnectorRequest { VpcConnectorName = "shop", Subnets = ["subnet-0123456789abcdef0", "subnet-1a2b3c4d"] }, "eu-west-1")).VpcConnector!;

        connector.VpcConnectorArn!.ShouldMatch("\\Aarn:aws:apprunner:eu-west-1:123456789012:vpcconnector/shop/1/[0-9a-f]{32}\\z");
        (connector.VpcConnectorName, connector.VpcConnectorRevision, connector.Status).ShouldBe(("shop", 1, VpcConnectorStatus.Active));
        connector.Subnets.ShouldBe(["subnet-0123456789abcdef0", "subnet-1a2b3c4d"]);
        connector.SecurityGroups!.ShouldHaveSingleItem().ShouldMatch("\\Asg-[0-9a-f]{17}\\z");
        (connector.CreatedAt, connector.DeletedAt).ShouldBe((endpoint.Clock.UtcNow, null));
        (await endpoint.VpcConnectorAsync("other", "eu-west-1")).SecurityGroups.ShouldBe(connector.SecurityGroups);
        (await Describe(endpoint, connector, "eu-west-1")).VpcConnectorName.ShouldBe("shop");
    }

    [Fact]
    public async Task Given_security_groups_and_tags_are_stored()
    {
        using var endpoint = new TestEndpoint();
        var connector = (await endpoint.SendAsync(new CreateVpcConnectorRequest
        {
            VpcConnectorName = "shop",
            Subnets = ["subnet-0123456789abcdef0"],
            SecurityGroups = ["sg-0123456789abcdef0", "sg-1a2b3c4d"],
            Tags = [new Tag { Key = "team", Value = "web" }],
        })).VpcConnector!;

        connector.SecurityGroups.ShouldBe(["sg-0123456789abcdef0", "sg-1a2b3c4d"]);
        (await endpoint.SendAsync(new ListTagsForResourceRequest { ResourceArn = connector.VpcConnectorArn })).Tags!.ShouldHaveSingleItem().ToString().ShouldBe("team=web");
    }

    [Theory]
    [InlineData("subnet-0123456789abcdef0 subnet-0123456789abcdef0", "", "Subnets contains an ID twice: subnet-0123456789abcdef0")]
    [InlineData("subnet-0123456789ABCDEF0", "", "Subnets must be an ID such as subnet-0123456789abcdef0: subnet-0123456789ABCDEF0")]
    [InlineData("subnet-0123456789abcdef", "", "Subnets must be an ID")]
    [InlineData("subnet-", "", "Subnets must be an ID")]
    [InlineData("vpc-0123456789abcdef0", "", "Subnets must be an ID")]
    [InlineData("subnet-0123456789abcdef0 main", "", "Subnets must be an ID")]
    [InlineData("", "", "Subnets: is required")]
    [InlineData("subnet-0123456789abcdef0", "subnet-0123456789abcdef0", "SecurityGroups must be an ID such as sg-0123456789abcdef0")]
    [InlineData("subnet-0123456789abcdef0", "sg-1a2b3c4d sg-1a2b3c4d", "SecurityGroups contains an ID twice")]
    public async Task Invalid_subnet_and_security_group_ids_are_rejected(string subnets, string groups, string message)
    {
        using var endpoint = new TestEndpoint();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(
            () => endpoint.SendAsync(new CreateVpcConnectorRequest { VpcConnectorName = "shop", Subnets = Ids(subnets), SecurityGroups = Ids(groups) }), message);
        (await Listed(endpoint)).ShouldBeEmpty();

        static List<string> Ids(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    [Fact]
    public async Task A_name_can_be_reused_after_its_connector_is_deleted()
    {
        using var endpoint = new TestEndpoint();
        var first = await endpoint.VpcConnectorAsync();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.VpcConnectorAsync(), "VPC connector with the provided name already exists: shop");
        (await Listed(endpoint)).ShouldBe([first.VpcConnectorArn]);
        await Delete(endpoint, first.VpcConnectorArn!);
        var second = await endpoint.VpcConnectorAsync();
        second.VpcConnectorRevision.ShouldBe(1);
        second.VpcConnectorArn.ShouldNotBe(first.VpcConnectorArn);
    }

    [Fact]
    public async Task A_deleted_connector_is_INACTIVE_and_can_be_described_for_an_hour()
    {
        using var endpoint = new TestEndpoint();
        var connector = await endpoint.VpcConnectorAsync();
        endpoint.Clock.Advance(TimeSpan.FromMinutes(5));
        var deleted = await Delete(endpoint, connector.VpcConnectorArn!);
        (deleted.Status, deleted.DeletedAt).ShouldBe((VpcConnectorStatus.Inactive, endpoint.Clock.UtcNow));
        (await Listed(endpoint)).ShouldBeEmpty();
        (await Describe(endpoint, connector)).Status.ShouldBe(VpcConnectorStatus.Inactive);
        await NotFound(() => Delete(endpoint, connector.VpcConnectorArn!));
        endpoint.Clock.Advance(TimeSpan.FromHours(1));
        await NotFound(() => Describe(endpoint, connector));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/1")]
    [InlineData("/1/00000000000000000000000000000000")]
    public async Task A_partial_ARN_is_ResourceNotFoundException(string rest)
    {
        using var endpoint = new TestEndpoint();
        await endpoint.VpcConnectorAsync();
        var arn = "arn:aws:apprunner:us-east-1:123456789012:vpcconnector/shop" + rest;
        await NotFound(() => endpoint.SendAsync(new DescribeVpcConnectorRequest { VpcConnectorArn = arn }));
        await NotFound(() => Delete(endpoint, arn));
        (await Listed(endpoint)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_quota_is_ten_connectors_per_region()
    {
        using var endpoint = new TestEndpoint();
        var first = await endpoint.VpcConnectorAsync("c000");
        for (var i = 1; i < 10; i++)
            await endpoint.VpcConnectorAsync($"c00{i}");
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(() => endpoint.VpcConnectorAsync(), "10");
        (await Listed(endpoint)).Count.ShouldBe(10);
        await endpoint.VpcConnectorAsync(region: "eu-west-1");
        await Delete(endpoint, first.VpcConnectorArn!);
        await endpoint.VpcConnectorAsync();
    }

    [Fact]
    public async Task A_service_can_use_a_connector()
    {
        using var endpoint = new TestEndpoint();
        var connector = await endpoint.VpcConnectorAsync();
        var service = await endpoint.RunningServiceAsync(Through(connector.VpcConnectorArn!));
        var egress = service.NetworkConfiguration!.EgressConfiguration!;
        (egress.EgressType, egress.VpcConnectorArn).ShouldBe((EgressType.Vpc, connector.VpcConnectorArn));
    }

    [Fact]
    public async Task A_service_with_an_unknown_connector_is_rejected()
    {
        using var endpoint = new TestEndpoint();
        var gone = (await endpoint.VpcConnectorAsync()).VpcConnectorArn!;
        await Delete(endpoint, gone);
        var foreign = (await endpoint.VpcConnectorAsync(region: "eu-west-1")).VpcConnectorArn!;
        var service = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        foreach (var arn in new[] { gone, foreign, "arn:aws:apprunner:us-east-1:123456789012:vpcconnector/none/1/0123456789abcdef0123456789abcdef" })
        {
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(Through(arn)), "VpcConnectorArn: there is no active resource with this ARN: " + arn);
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Update(endpoint, service, arn), "VpcConnectorArn: there is no active resource with this ARN: " + arn);
        }

        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.ShouldHaveSingleItem().Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public async Task A_connector_in_use_also_by_a_possible_rollback_cannot_be_deleted()
    {
        using var endpoint = new TestEndpoint();
        var old = await endpoint.VpcConnectorAsync("old1");
        var next = await endpoint.VpcConnectorAsync("next");
        var service = await endpoint.RunningServiceAsync(Through(old.VpcConnectorArn!));
        await InUse(old);

        // While the update runs, the service may end with either of them.
        await Update(endpoint, service, next.VpcConnectorArn!);
        await InUse(old);
        await InUse(next);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Delete(endpoint, old.VpcConnectorArn!);
        await InUse(next);

        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        await InUse(next);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Delete(endpoint, next.VpcConnectorArn!);

        async Task InUse(VpcConnector connector)
        {
            await ServiceLifecycleTests.Refused<InvalidRequestException>(
                () => Delete(endpoint, connector.VpcConnectorArn!), $"{connector.VpcConnectorArn} cannot be deleted, because 1 service uses it.");
            (await Describe(endpoint, connector)).Status.ShouldBe(VpcConnectorStatus.Active);
        }
    }

    [Fact]
    public async Task After_a_rollback_the_new_connector_can_be_deleted()
    {
        using var endpoint = new TestEndpoint();
        var old = await endpoint.VpcConnectorAsync("old1");
        var next = await endpoint.VpcConnectorAsync("next");
        var service = await endpoint.RunningServiceAsync(Through(old.VpcConnectorArn!));
        endpoint.Endpoint.SetNextOutcome(OperationStatus.RollbackSucceeded, OperationType.UpdateService);
        await Update(endpoint, service, next.VpcConnectorArn!);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Delete(endpoint, next.VpcConnectorArn!);
        (await endpoint.DescribeAsync(service)).NetworkConfiguration!.EgressConfiguration!.VpcConnectorArn.ShouldBe(old.VpcConnectorArn);
    }

    private static CreateServiceRequest Through(string connectorArn)
    {
        var request = TestEndpoint.NewService();
        request.NetworkConfiguration = new NetworkConfiguration { EgressConfiguration = new EgressConfiguration { EgressType = EgressType.Vpc, VpcConnectorArn = connectorArn } };
        return request;
    }

    private static Task<UpdateServiceResponse> Update(TestEndpoint endpoint, ServiceSummary service, string connectorArn) =>
        endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, NetworkConfiguration = Through(connectorArn).NetworkConfiguration });

    private static async Task<VpcConnector> Describe(TestEndpoint endpoint, VpcConnector connector, string region = "us-east-1") =>
        (await endpoint.SendAsync(new DescribeVpcConnectorRequest { VpcConnectorArn = connector.VpcConnectorArn }, region)).VpcConnector!;

    private static async Task<VpcConnector> Delete(TestEndpoint endpoint, string arn) => (await endpoint.SendAsync(new DeleteVpcConnectorRequest { VpcConnectorArn = arn })).VpcConnector!;

    private static async Task<List<string?>> Listed(TestEndpoint endpoint) =>
        [.. (await endpoint.SendAsync(new ListVpcConnectorsRequest())).VpcConnectors!.Select(connector => connector.VpcConnectorArn)];

    private static Task<ResourceNotFoundException> NotFound(Func<Task> call) => ServiceLifecycleTests.Refused<ResourceNotFoundException>(call, "VPC connector with the provided ARN could not be found");
}
