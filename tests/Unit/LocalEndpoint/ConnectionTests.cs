using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class ConnectionTests
{
    [Fact]
    public async Task A_new_connection_is_PENDING_HANDSHAKE_until_it_is_approved()
    {
        using var endpoint = new TestEndpoint();
        var connection = await CreateAsync(endpoint, "github");
        connection.ConnectionArn!.ShouldMatch("\\Aarn:aws:apprunner:us-east-1:123456789012:connection/github/[0-9a-f]{32}\\z");
        (connection.ConnectionName, connection.ProviderType, connection.Status, connection.CreatedAt).ShouldBe(("github", "GITHUB", "PENDING_HANDSHAKE", endpoint.Clock.UtcNow));

        endpoint.Endpoint.ApproveConnection(connection.ConnectionArn!);
        (await ListAsync(endpoint)).Single().Status.ShouldBe("AVAILABLE");
        Should.Throw<InvalidStateException>(() => endpoint.Endpoint.ApproveConnection(connection.ConnectionArn!)).Message.ShouldBe("Connection cannot be approved in the current state: AVAILABLE.");
    }

    [Fact]
    public async Task ApproveConnection_can_be_called_over_HTTP()
    {
        using var endpoint = new TestEndpoint();
        var connection = await CreateAsync(endpoint, "github");
        var call = new Call { Target = "AppRunnerLocal.ApproveConnection", Body = $$"""{"ConnectionArn":"{{connection.ConnectionArn}}"}""" };
        var response = await endpoint.SendAsync(call);
        response.Status.ShouldBe(200);
        response.Body.ShouldContain("\"Status\":\"AVAILABLE\"");
        response = await endpoint.SendAsync(call);
        (response.Status, response.Code).ShouldBe((400, "InvalidStateException"));
        response = await endpoint.SendAsync(new Call { Target = "AppRunnerLocal.ApproveConnection", Body = $$"""{"ConnectionArn":"{{connection.ConnectionArn}}0"}""" });
        (response.Status, response.Code).ShouldBe((400, "ResourceNotFoundException"));
        response = await endpoint.SendAsync(new Call { Target = "AppRunnerLocal.ApproveConnection" });
        (response.Status, response.Code).ShouldBe((400, "InvalidRequestException"));
    }

    [Fact]
    public async Task ApproveConnection_requires_a_connection_of_any_region()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var gone = await CreateAsync(endpoint, "gone");
        await DeleteAsync(endpoint, gone);
        foreach (var arn in new[] { service.ServiceArn!, gone.ConnectionArn!, "", "x", "arn:aws:apprunner:::connection/github", gone.ConnectionArn!.Replace("us-east-1", "US") })
            Should.Throw<ResourceNotFoundException>(() => endpoint.Endpoint.ApproveConnection(arn)).Message.ShouldContain("Connection with the provided ARN could not be found");
        (await endpoint.ConnectionAsync("other", "eu-west-1")).ConnectionArn!.ShouldContain("eu-west-1");
    }

    [Fact]
    public async Task Lists_are_paged_and_can_be_filtered_by_name()
    {
        using var endpoint = new TestEndpoint();
        foreach (var name in new[] { "zulu", "Zulu", "alpha" })
            await CreateAsync(endpoint, name);
        (await ListAsync(endpoint)).Select(connection => connection.ConnectionName).ShouldBe(["zulu", "Zulu", "alpha"]);
        (await ListAsync(endpoint, "Zulu")).Single().ConnectionName.ShouldBe("Zulu");
        (await ListAsync(endpoint, "none")).ShouldBeEmpty();

        var page = await endpoint.SendAsync(new ListConnectionsRequest { MaxResults = 2 });
        page.ConnectionSummaryList!.Count.ShouldBe(2);
        var rest = await endpoint.SendAsync(new ListConnectionsRequest { NextToken = page.NextToken });
        (rest.ConnectionSummaryList!.Single().ConnectionName, rest.NextToken).ShouldBe(("alpha", null));
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListConnectionsRequest { ConnectionName = "zulu", NextToken = page.NextToken }), "NextToken");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListConnectionsRequest { MaxResults = 101 }), "MaxResults");
    }

    [Fact]
    public async Task A_name_can_be_reused_after_its_connection_is_deleted()
    {
        using var endpoint = new TestEndpoint();
        var connection = await CreateAsync(endpoint, "github");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => CreateAsync(endpoint, "github"), "Connection with the provided name already exists: github.");
        (await endpoint.SendAsync(new CreateConnectionRequest { ConnectionName = "github", ProviderType = ProviderType.Bitbucket }, "eu-west-1")).Connection!.ProviderType.ShouldBe("BITBUCKET");

        var deleted = (await DeleteAsync(endpoint, connection)).Connection!;
        (deleted.ConnectionArn, deleted.Status).ShouldBe((connection.ConnectionArn, "DELETED"));
        (await ListAsync(endpoint)).ShouldBeEmpty();
        await NotFound(() => DeleteAsync(endpoint, connection));
        (await CreateAsync(endpoint, "github")).ConnectionArn.ShouldNotBe(connection.ConnectionArn);
    }

    [Fact]
    public async Task A_connection_in_use_cannot_be_deleted()
    {
        using var endpoint = new TestEndpoint();
        var connection = await endpoint.ConnectionAsync();
        var service = await endpoint.RunningServiceAsync(Using(connection));
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, connection), "1 service uses it");
        (await ListAsync(endpoint)).Single().Status.ShouldBe("AVAILABLE");

        // After an update to another connection the first one is not in use.
        var other = await endpoint.ConnectionAsync("other");
        await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = new SourceConfiguration { AuthenticationConfiguration = new AuthenticationConfiguration { ConnectionArn = other.ConnectionArn } } });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await DeleteAsync(endpoint, connection);
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, other), "1 service uses it");
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await DeleteAsync(endpoint, other);
    }

    [Fact]
    public async Task A_service_requires_an_approved_connection()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync(Using(await endpoint.ConnectionAsync("ready"), "web1"));
        var pending = await CreateAsync(endpoint, "pending");
        var gone = await endpoint.ConnectionAsync("gone");
        await DeleteAsync(endpoint, gone);
        var elsewhere = await endpoint.ConnectionAsync("elsewhere", "eu-west-1");
        await Refused(pending, "the status of the connection must be AVAILABLE, and is PENDING_HANDSHAKE");
        await Refused(gone, "ConnectionArn: there is no active resource with this ARN");
        await Refused(elsewhere, "ConnectionArn: there is no active resource with this ARN");
        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.Count.ShouldBe(1);
        (await endpoint.OperationsAsync(service)).Count.ShouldBe(1);

        endpoint.Endpoint.ApproveConnection(pending.ConnectionArn!);
        await endpoint.RunningServiceAsync(Using(pending, "web2"));

        async Task Refused(Connection connection, string message)
        {
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(Using(connection, "web2")), message);
            await ServiceLifecycleTests.Refused<InvalidRequestException>(
                () => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = TestEndpoint.Code(connection.ConnectionArn!) }), message);
        }
    }

    [Fact]
    public async Task The_quota_is_ten_connections_per_region()
    {
        using var endpoint = new TestEndpoint();
        for (var i = 0; i < 10; i++)
            await CreateAsync(endpoint, $"name-{i}");
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(() => CreateAsync(endpoint, "more"), "the account holds 10 in us-east-1, and 10 are allowed");
        await DeleteAsync(endpoint, (await ListAsync(endpoint))[4]);
        await CreateAsync(endpoint, "more");
    }

    [Fact]
    public async Task An_unknown_provider_is_rejected()
    {
        using var endpoint = new TestEndpoint();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new CreateConnectionRequest { ConnectionName = "gitlab", ProviderType = "GITLAB" }), "ProviderType");
        (await ListAsync(endpoint)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_connection_is_ResourceNotFoundException()
    {
        using var endpoint = new TestEndpoint();
        var connection = await CreateAsync(endpoint, "github");
        await NotFound(() => endpoint.SendAsync(new DeleteConnectionRequest { ConnectionArn = connection.ConnectionArn }, "eu-west-1"));
        await NotFound(() => endpoint.SendAsync(new DeleteConnectionRequest { ConnectionArn = connection.ConnectionArn![..connection.ConnectionArn!.LastIndexOf('/')] + "2" }));
        (await ListAsync(endpoint)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_ARN_that_ends_with_the_name_deletes_a_connection()
    {
        using var endpoint = new TestEndpoint();
        var connection = await CreateAsync(endpoint, "github");
        await CreateAsync(endpoint, "bitbucket");
        var response = await endpoint.SendAsync(new DeleteConnectionRequest { ConnectionArn = connection.ConnectionArn![..connection.ConnectionArn!.LastIndexOf('/')] });
        (response.Connection!.ConnectionArn, response.Connection.Status).ShouldBe((connection.ConnectionArn, ConnectionStatus.Deleted));
        (await ListAsync(endpoint)).Single().ConnectionName.ShouldBe("bitbucket");
    }

    private static CreateServiceRequest Using(Connection connection, string name = "web1")
    {
        var request = TestEndpoint.NewService(name);
        request.SourceConfiguration = TestEndpoint.Code(connection.ConnectionArn!);
        return request;
    }

    private static async Task<Connection> CreateAsync(TestEndpoint endpoint, string name) =>
        (await endpoint.SendAsync(new CreateConnectionRequest { ConnectionName = name, ProviderType = ProviderType.GitHub })).Connection!;

    private static async Task<List<ConnectionSummary>> ListAsync(TestEndpoint endpoint, string? name = null) =>
        (await endpoint.SendAsync(new ListConnectionsRequest { ConnectionName = name })).ConnectionSummaryList!;

    private static Task<DeleteConnectionResponse> DeleteAsync(TestEndpoint endpoint, ConnectionSummary connection) =>
        endpoint.SendAsync(new DeleteConnectionRequest { ConnectionArn = connection.ConnectionArn });

    private static Task<ResourceNotFoundException> NotFound(Func<Task> call) => ServiceLifecycleTests.Refused<ResourceNotFoundException>(call, "Connection with the provided ARN could not be found");
}
