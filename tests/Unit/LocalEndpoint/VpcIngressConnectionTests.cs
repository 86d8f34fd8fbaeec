using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class VpcIngressConnectionTests
{
    private const string Vpc = "vpc-0123456789abcdef0";
    private const string Endpoint1 = "vpce-0123456789abcdef1";
    private const string Endpoint2 = "vpce-1a2b3c4d";

    [Fact]
    public async Task Creation_update_and_deletion_take_the_operation_duration()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        var created = endpoint.Clock.UtcNow;
        var connection = await Create(endpoint, service);
        connection.VpcIngressConnectionArn!.ShouldMatch("\\Aarn:aws:apprunner:us-east-1:123456789012:vpcingressconnection/inside/[0-9a-f]{32}\\z");
        (connection.VpcIngressConnectionName, connection.ServiceArn, connection.AccountId).ShouldBe(("inside", service.ServiceArn, "123456789012"));
        connection.DomainName!.ShouldMatch("\\A[a-z0-9]{10}\\.us-east-1\\.awsapprunner\\.com\\z");
        connection.DomainName.ShouldNotBe(service.ServiceUrl);
        (connection.Status, connection.CreatedAt, connection.DeletedAt).ShouldBe((VpcIngressConnectionStatus.PendingCreation, created, null));
        await ChangesAsync(VpcIngressConnectionStatus.PendingCreation, VpcIngressConnectionStatus.Available, Endpoint1);

        var response = (await endpoint.SendAsync(new UpdateVpcIngressConnectionRequest { VpcIngressConnectionArn = connection.VpcIngressConnectionArn, IngressVpcConfiguration = Through(Endpoint2) })).VpcIngressConnection!;
        (response.Status, response.IngressVpcConfiguration!.VpcEndpointId).ShouldBe((VpcIngressConnectionStatus.PendingUpdate, Endpoint2));
        await ChangesAsync(VpcIngressConnectionStatus.PendingUpdate, VpcIngressConnectionStatus.Available, Endpoint2);

        (await Delete(endpoint, connection)).Status.ShouldBe(VpcIngressConnectionStatus.PendingDeletion);
        (await Listed(endpoint)).ShouldBe(["inside"]);
        await ChangesAsync(VpcIngressConnectionStatus.PendingDeletion, VpcIngressConnectionStatus.Deleted, Endpoint2);
        (await Describe(endpoint, connection)).DeletedAt.ShouldBe(endpoint.Clock.UtcNow);
        (await Listed(endpoint)).ShouldBeEmpty();
        endpoint.Clock.Advance(TimeSpan.FromHours(1));
        await NotFound(() => Describe(endpoint, connection));

        async Task ChangesAsync(string before, string after, string endpointId)
        {
            endpoint.Clock.Advance(TestEndpoint.Duration - TimeSpan.FromMilliseconds(1));
            (await Describe(endpoint, connection)).Status.ShouldBe(before);
            endpoint.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var now = await Describe(endpoint, connection);
            (now.Status, now.IngressVpcConfiguration!.VpcId, now.IngressVpcConfiguration.VpcEndpointId, now.CreatedAt).ShouldBe((after, Vpc, endpointId, created));
        }
    }

    [Fact]
    public async Task Failed_operations_can_be_repeated()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        endpoint.Endpoint.SetNextOutcome("FAILED", "CREATE_VPC_INGRESS_CONNECTION", "inside");
        var connection = await Create(endpoint, service);
        await ChangesAsync(VpcIngressConnectionStatus.FailedCreation, Endpoint1);

        endpoint.Endpoint.SetNextOutcome("FAILED", "UPDATE_VPC_INGRESS_CONNECTION");
        await Update(endpoint, connection, Endpoint2);
        await ChangesAsync(VpcIngressConnectionStatus.FailedUpdate, Endpoint1);

        endpoint.Endpoint.SetNextOutcome("FAILED", "DELETE_VPC_INGRESS_CONNECTION", "inside");
        await Delete(endpoint, connection);
        await ChangesAsync(VpcIngressConnectionStatus.FailedDeletion, Endpoint1);
        await Refused(() => Update(endpoint, connection, Endpoint2), "updated", VpcIngressConnectionStatus.FailedDeletion);

        await Delete(endpoint, connection);
        await ChangesAsync(VpcIngressConnectionStatus.Deleted, Endpoint1);

        async Task ChangesAsync(string status, string endpointId)
        {
            endpoint.Clock.Advance(TestEndpoint.Duration);
            var now = await Describe(endpoint, connection);
            (now.Status, now.IngressVpcConfiguration!.VpcEndpointId).ShouldBe((status, endpointId));
            (await Listed(endpoint, new ListVpcIngressConnectionsFilter { VpcEndpointId = Endpoint1 })).Count.ShouldBe(status == VpcIngressConnectionStatus.Deleted ? 0 : 1);
            (await Listed(endpoint, new ListVpcIngressConnectionsFilter { VpcEndpointId = Endpoint2 })).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("CREATE_VPC_INGRESS_CONNECTION")]
    [InlineData("UPDATE_VPC_INGRESS_CONNECTION")]
    public async Task A_connection_can_be_updated_and_deleted_after_a_failure(string failing)
    {
        using var endpoint = new TestEndpoint();
        endpoint.Endpoint.SetNextOutcome("FAILED", failing);
        var connection = await Create(endpoint, await endpoint.PrivateServiceAsync());
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Update(endpoint, connection, Endpoint2);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        if (failing == "UPDATE_VPC_INGRESS_CONNECTION")
        {
            (await Describe(endpoint, connection)).Status.ShouldBe(VpcIngressConnectionStatus.FailedUpdate);
            await Update(endpoint, connection, Endpoint2);
            endpoint.Clock.Advance(TestEndpoint.Duration);
        }

        (await Describe(endpoint, connection)).Status.ShouldBe(VpcIngressConnectionStatus.Available);
        await Delete(endpoint, connection);
    }

    [Fact]
    public async Task Update_and_delete_are_rejected_while_another_operation_runs()
    {
        using var endpoint = new TestEndpoint();
        var connection = await Create(endpoint, await endpoint.PrivateServiceAsync());
        await Both(VpcIngressConnectionStatus.PendingCreation);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Update(endpoint, connection, Endpoint2);
        await Both(VpcIngressConnectionStatus.PendingUpdate);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Delete(endpoint, connection);
        await Both(VpcIngressConnectionStatus.PendingDeletion);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Both(VpcIngressConnectionStatus.Deleted);

        async Task Both(string status)
        {
            await Refused(() => Update(endpoint, connection, Endpoint1), "updated", status);
            await Refused(() => Delete(endpoint, connection), "deleted", status);
            (await Describe(endpoint, connection)).Status.ShouldBe(status);
        }
    }

    [Theory]
    [InlineData(null, Endpoint1, "IngressVpcConfiguration.VpcId is required.")]
    [InlineData(Vpc, null, "IngressVpcConfiguration.VpcEndpointId is required.")]
    [InlineData("", Endpoint1, "IngressVpcConfiguration.VpcId is required.")]
    [InlineData("main", Endpoint1, "IngressVpcConfiguration.VpcId must be an ID such as vpc-0123456789abcdef0: main")]
    [InlineData(Vpc, Vpc, "IngressVpcConfiguration.VpcEndpointId must be an ID such as vpce-0123456789abcdef0")]
    public async Task VpcId_and_VpcEndpointId_are_required(string? vpcId, string? endpointId, string message)
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        var vpc = new IngressVpcConfiguration { VpcId = vpcId, VpcEndpointId = endpointId };
        await ServiceLifecycleTests.Refused<InvalidRequestException>(
            () => endpoint.SendAsync(new CreateVpcIngressConnectionRequest { ServiceArn = service.ServiceArn, VpcIngressConnectionName = "inside", IngressVpcConfiguration = vpc }), message);
        (await Listed(endpoint)).ShouldBeEmpty();

        var connection = await Create(endpoint, service);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await ServiceLifecycleTests.Refused<InvalidRequestException>(
            () => endpoint.SendAsync(new UpdateVpcIngressConnectionRequest { VpcIngressConnectionArn = connection.VpcIngressConnectionArn, IngressVpcConfiguration = vpc }), message);
        var unchanged = await Describe(endpoint, connection);
        (unchanged.Status, unchanged.IngressVpcConfiguration!.VpcEndpointId).ShouldBe((VpcIngressConnectionStatus.Available, Endpoint1));
    }

    [Fact]
    public async Task A_public_service_is_rejected()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Create(endpoint, service), "IsPubliclyAccessible");
        (await Listed(endpoint)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_service_is_rejected()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Create(endpoint, service, region: "eu-west-1"), "ServiceArn: there is no service with this ARN: " + service.ServiceArn);
    }

    [Fact]
    public async Task The_service_must_be_running_or_paused()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn });
        await Not(ServiceStatus.OperationInProgress);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        var connection = await Create(endpoint, service);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Delete(endpoint, connection);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        await Not(ServiceStatus.OperationInProgress);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Not(ServiceStatus.Deleted);

        async Task Not(string status)
        {
            await ServiceLifecycleTests.Refused<InvalidStateException>(() => Create(endpoint, service), $"Service cannot be given a VPC ingress connection in the current state: {status}.");
            (await Listed(endpoint)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_service_can_have_one_connection_at_a_time()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        var connection = await Create(endpoint, service);
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(
            () => Create(endpoint, service, "second", Endpoint2), "A service can have one VPC ingress connection. The service already has " + connection.VpcIngressConnectionArn);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Delete(endpoint, connection);
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(() => Create(endpoint, service, "second"), "one VPC ingress connection");
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Create(endpoint, service, "second");
        (await Listed(endpoint)).ShouldBe(["second"]);
    }

    [Fact]
    public async Task Names_are_unique_in_a_region()
    {
        using var endpoint = new TestEndpoint();
        await Create(endpoint, await endpoint.PrivateServiceAsync());
        var other = await endpoint.PrivateServiceAsync("web2");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => Create(endpoint, other), "VPC ingress connection with the provided name already exists: inside");
        (await Listed(endpoint)).Count.ShouldBe(1);
        await Create(endpoint, await endpoint.PrivateServiceAsync(region: "eu-west-1"), region: "eu-west-1");
    }

    [Fact]
    public async Task A_service_with_a_VPC_ingress_connection_cannot_be_deleted()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.PrivateServiceAsync();
        var connection = await Create(endpoint, service);
        await Kept(VpcIngressConnectionStatus.PendingCreation);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Kept(VpcIngressConnectionStatus.Available);
        await Delete(endpoint, connection);
        await Kept(VpcIngressConnectionStatus.PendingDeletion);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });

        async Task Kept(string status)
        {
            await ServiceLifecycleTests.Refused<InvalidStateException>(
                () => endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn }),
                $"You cannot delete a Service while it has VpcIngressConnections with a status of {status}. Service Arn: {service.ServiceArn} VpcIngressConnection Arn: {connection.VpcIngressConnectionArn}");
            (await endpoint.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.Running);
        }
    }

    [Fact]
    public async Task Lists_can_be_filtered_by_service_and_VPC_endpoint()
    {
        using var endpoint = new TestEndpoint();
        var services = new List<Service>();
        foreach (var number in new[] { 1, 2, 3 })
            services.Add(await endpoint.PrivateServiceAsync($"web{number}"));
        await Create(endpoint, services[0], "one1", Endpoint1);
        await Create(endpoint, services[1], "two2", Endpoint2);
        await Create(endpoint, services[2], "three", Endpoint1);

        (await Listed(endpoint)).ShouldBe(["one1", "two2", "three"]);
        (await Listed(endpoint, new ListVpcIngressConnectionsFilter())).Count.ShouldBe(3);
        (await Listed(endpoint, new ListVpcIngressConnectionsFilter { VpcEndpointId = Endpoint1 })).ShouldBe(["one1", "three"]);
        (await Listed(endpoint, new ListVpcIngressConnectionsFilter { ServiceArn = services[1].ServiceArn })).ShouldBe(["two2"]);
        (await Listed(endpoint, new ListVpcIngressConnectionsFilter { ServiceArn = services[1].ServiceArn, VpcEndpointId = Endpoint1 })).ShouldBeEmpty();
        (await Listed(endpoint, new ListVpcIngressConnectionsFilter { ServiceArn = services[2].ServiceArn, VpcEndpointId = Endpoint1 })).ShouldBe(["three"]);
        (await Listed(endpoint, new ListVpcIngressConnectionsFilter { VpcEndpointId = "vpce-ffffffff" })).ShouldBeEmpty();
        (await Listed(endpoint, new ListVpcIngressConnectionsFilter { ServiceArn = services[0].ServiceArn + "0" })).ShouldBeEmpty();
        (await endpoint.SendAsync(new ListVpcIngressConnectionsRequest(), "eu-west-1")).VpcIngressConnectionSummaryList!.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_are_paged_and_a_NextToken_is_valid_for_its_filter_only()
    {
        using var endpoint = new TestEndpoint();
        foreach (var number in new[] { 1, 2, 3 })
            await Create(endpoint, await endpoint.PrivateServiceAsync($"web{number}"), $"way{number}");
        var filter = new ListVpcIngressConnectionsFilter { VpcEndpointId = Endpoint1 };
        var first = await endpoint.SendAsync(new ListVpcIngressConnectionsRequest { Filter = filter, MaxResults = 2 });
        first.VpcIngressConnectionSummaryList!.Select(connection => connection.ToString()).ShouldBe(["way1", "way2"]);
        var last = await endpoint.SendAsync(new ListVpcIngressConnectionsRequest { Filter = filter, NextToken = first.NextToken });
        last.VpcIngressConnectionSummaryList!.Select(connection => connection.ToString()).ShouldBe(["way3"]);
        last.NextToken.ShouldBeNull();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListVpcIngressConnectionsRequest { NextToken = first.NextToken }), "NextToken");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListVpcIngressConnectionsRequest { MaxResults = 101 }), "MaxResults");
    }

    [Fact]
    public async Task An_unknown_ARN_is_ResourceNotFoundException()
    {
        using var endpoint = new TestEndpoint();
        var connection = await Create(endpoint, await endpoint.PrivateServiceAsync());
        await NotFound(() => Describe(endpoint, connection, "eu-west-1"));
        connection.VpcIngressConnectionArn += "0";
        await NotFound(() => Describe(endpoint, connection));
        await NotFound(() => Update(endpoint, connection, Endpoint2));
        await NotFound(() => Delete(endpoint, connection));
    }

    private static IngressVpcConfiguration Through(string endpointId) => new() { VpcId = Vpc, VpcEndpointId = endpointId };

    private static async Task<VpcIngressConnection> Create(TestEndpoint endpoint, ServiceSummary service, string name = "inside", string endpointId = Endpoint1, string region = "us-east-1") =>
        (await endpoint.SendAsync(
            new CreateVpcIngressConnectionRequest
            {
                ServiceArn = service.ServiceArn,
                VpcIngressConnectionName = name,
                IngressVpcConfiguration = Through(endpointId),
                Tags = [new Tag { Key = "team", Value = "web" }],
            },
            region)).VpcIngressConnection!;

    private static async Task<VpcIngressConnection> Describe(TestEndpoint endpoint, VpcIngressConnection connection, string region = "us-east-1") =>
        (await endpoint.SendAsync(new DescribeVpcIngressConnectionRequest { VpcIngressConnectionArn = connection.VpcIngressConnectionArn }, region)).VpcIngressConnection!;

    private static Task<UpdateVpcIngressConnectionResponse> Update(TestEndpoint endpoint, VpcIngressConnection connection, string endpointId) =>
        endpoint.SendAsync(new UpdateVpcIngressConnectionRequest { VpcIngressConnectionArn = connection.VpcIngressConnectionArn, IngressVpcConfiguration = Through(endpointId) });

    private static async Task<VpcIngressConnection> Delete(TestEndpoint endpoint, VpcIngressConnection connection) =>
        (await endpoint.SendAsync(new DeleteVpcIngressConnectionRequest { VpcIngressConnectionArn = connection.VpcIngressConnectionArn })).VpcIngressConnection!;

    private static async Task<List<string>> Listed(TestEndpoint endpoint, ListVpcIngressConnectionsFilter? filter = null) =>
        [.. (await endpoint.SendAsync(new ListVpcIngressConnectionsRequest { Filter = filter })).VpcIngressConnectionSummaryList!.Select(connection => connection.ToString())];

    private static Task<InvalidStateException> Refused(Func<Task> call, string what, string status) =>
        ServiceLifecycleTests.Refused<InvalidStateException>(call, $"VPC ingress connection cannot be {what} in the current state: {status}.");

    private static Task<ResourceNotFoundException> NotFound(Func<Task> call) => ServiceLifecycleTests.Refused<ResourceNotFoundException>(call, "VPC ingress connection with the provided ARN could not be found");
}
