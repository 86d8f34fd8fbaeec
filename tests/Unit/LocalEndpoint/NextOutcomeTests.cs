using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class NextOutcomeTests
{
    [Theory]
    [InlineData(OperationStatus.RollbackSucceeded, 5)]
    [InlineData(OperationStatus.Failed, 5)]
    [InlineData(OperationStatus.RollbackFailed, 9)]
    public async Task A_service_is_running_after_a_failed_update(string outcome, int interval)
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        endpoint.Endpoint.SetNextOutcome(outcome, OperationType.UpdateService, "web1");
        await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, HealthCheckConfiguration = new HealthCheckConfiguration { Interval = 9 } });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        var after = await endpoint.DescribeAsync(service);
        (after.Status, after.HealthCheckConfiguration!.Interval).ShouldBe((ServiceStatus.Running, interval));
        (await Newest(endpoint, service)).Status.ShouldBe(outcome);
    }

    [Theory]
    [InlineData(OperationStatus.RollbackSucceeded)]
    [InlineData(OperationStatus.RollbackFailed)]
    public async Task A_rollback_is_ROLLBACK_IN_PROGRESS_before_it_ends(string outcome)
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        endpoint.Endpoint.SetNextOutcome(outcome, OperationType.StartDeployment);
        await endpoint.SendAsync(new StartDeploymentRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration / 2);
        (await Newest(endpoint, service)).Status.ShouldBe(OperationStatus.InProgress);
        endpoint.Clock.Advance(TestEndpoint.Duration / 3);
        (await Newest(endpoint, service)).Status.ShouldBe(OperationStatus.RollbackInProgress);
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Newest(endpoint, service)).Status.ShouldBe(outcome);
        (await endpoint.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public async Task Failed_operations_set_the_matching_service_status()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var arn = service.ServiceArn;
        await Fails(() => endpoint.SendAsync(new PauseServiceRequest { ServiceArn = arn }), ServiceStatus.Running);
        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = arn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await Fails(() => endpoint.SendAsync(new ResumeServiceRequest { ServiceArn = arn }), ServiceStatus.Paused);
        await Fails(() => endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = arn }), ServiceStatus.DeleteFailed);
        (await endpoint.DescribeAsync(service)).DeletedAt.ShouldBeNull();
        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = arn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await endpoint.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.Deleted);

        async Task Fails(Func<Task> call, string status)
        {
            endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed);
            await call();
            endpoint.Clock.Advance(TestEndpoint.Duration);
            (await endpoint.DescribeAsync(service)).Status.ShouldBe(status);
            (await Newest(endpoint, service)).Status.ShouldBe(OperationStatus.Failed);
        }
    }

    [Fact]
    public async Task A_forced_outcome_applies_once_to_the_named_service()
    {
        using var endpoint = new TestEndpoint();
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed, null, "web2");
        (await endpoint.RunningServiceAsync(TestEndpoint.NewService("web1"))).Status.ShouldBe(ServiceStatus.Running);
        (await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"))).Status.ShouldBe(ServiceStatus.CreateFailed);
        (await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"), "eu-west-1")).Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public async Task Forced_outcomes_apply_in_order()
    {
        using var endpoint = new TestEndpoint();
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Succeeded, OperationType.CreateService);
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed, OperationType.CreateService);
        (await endpoint.RunningServiceAsync(TestEndpoint.NewService("web1"))).Status.ShouldBe(ServiceStatus.Running);
        (await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"))).Status.ShouldBe(ServiceStatus.CreateFailed);
        (await endpoint.RunningServiceAsync(TestEndpoint.NewService("web3"))).Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public async Task A_forced_rollback_applies_to_the_next_operation_that_can_be_rolled_back()
    {
        using var endpoint = new TestEndpoint();
        endpoint.Endpoint.SetNextOutcome(OperationStatus.RollbackSucceeded);
        var service = await endpoint.RunningServiceAsync();
        service.Status.ShouldBe(ServiceStatus.Running);
        await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new() });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Newest(endpoint, service)).Status.ShouldBe(OperationStatus.RollbackSucceeded);
    }

    [Fact]
    public async Task Custom_domain_changes_require_their_own_operation_type()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed);
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed, "DISASSOCIATE_CUSTOM_DOMAIN");
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed, "ASSOCIATE_CUSTOM_DOMAIN", "example.org");
        await endpoint.SendAsync(new AssociateCustomDomainRequest { ServiceArn = service.ServiceArn, DomainName = "example.com" });
        endpoint.Clock.Advance(TestEndpoint.Duration * 3);
        (await endpoint.SendAsync(new DescribeCustomDomainsRequest { ServiceArn = service.ServiceArn })).CustomDomains![0].Status.ShouldBe(CustomDomainAssociationStatus.Active);
        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Newest(endpoint, service)).Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task A_rejected_operation_does_not_use_a_forced_outcome()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed);
        await Should.ThrowAsync<InvalidStateException>(() => endpoint.SendAsync(new ResumeServiceRequest { ServiceArn = service.ServiceArn }));
        await endpoint.SendAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await Newest(endpoint, service)).Status.ShouldBe(OperationStatus.Failed);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("BROKEN", null, null)]
    [InlineData("IN_PROGRESS", null, null)]
    [InlineData("FAILED", "CREATE", null)]
    [InlineData("ROLLBACK_SUCCEEDED", "CREATE_SERVICE", null)]
    [InlineData("ROLLBACK_FAILED", "DELETE_SERVICE", null)]
    [InlineData("ROLLBACK_SUCCEEDED", "ASSOCIATE_CUSTOM_DOMAIN", null)]
    [InlineData("ROLLBACK_FAILED", "UPDATE_VPC_INGRESS_CONNECTION", null)]
    [InlineData("FAILED", null, "a-name-that-is-longer-than-any-service-can-have")]
    [InlineData("FAILED", "DELETE_VPC_INGRESS_CONNECTION", "a-name-that-is-longer-than-any-service-can-have")]
    public async Task Invalid_outcomes_types_and_names_are_rejected(string outcome, string? type, string? name)
    {
        using var endpoint = new TestEndpoint();
        Should.Throw<InvalidParameterException>(() => endpoint.Endpoint.SetNextOutcome(outcome, type, name));
        var body = System.Text.Json.JsonSerializer.Serialize(new { Outcome = outcome, OperationType = type, ServiceName = name });
        var response = await endpoint.SendAsync(new Call { Target = "AppRunnerLocal.SetNextOutcome", Body = body });
        (response.Status, response.Code).ShouldBe((400, "InvalidRequestException"));
    }

    [Fact]
    public void A_domain_can_be_longer_than_a_service_name()
    {
        using var endpoint = new TestEndpoint();
        endpoint.Endpoint.SetNextOutcome("FAILED", "ASSOCIATE_CUSTOM_DOMAIN", new string('a', 255));
        Should.Throw<InvalidParameterException>(() => endpoint.Endpoint.SetNextOutcome("FAILED", "ASSOCIATE_CUSTOM_DOMAIN", new string('a', 256)));
    }

    [Fact]
    public async Task SetNextOutcome_can_be_called_over_HTTP()
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.SendAsync(new Call { Target = "AppRunnerLocal.SetNextOutcome", Body = """{"Outcome":"FAILED","OperationType":"CREATE_SERVICE","ServiceName":"web1"}""" });
        (response.Status, response.Body).ShouldBe((200, "{}"));
        (await endpoint.RunningServiceAsync()).Status.ShouldBe(ServiceStatus.CreateFailed);
    }

    [Fact]
    public void The_number_of_pending_outcomes_is_limited()
    {
        using var endpoint = new TestEndpoint();
        foreach (var _ in Enumerable.Range(0, 1000))
            endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed);
        Should.Throw<InvalidParameterException>(() => endpoint.Endpoint.SetNextOutcome(OperationStatus.Failed));
    }

    private static async Task<Operation> Newest(TestEndpoint endpoint, ServiceSummary service) => (await endpoint.OperationsAsync(service))[0];
}
