using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public class DeploymentTests
{
    private const string Build = "git show HEAD:version.in > version.txt";

    [Fact]
    public async Task A_service_is_built_started_served_at_its_URL_and_deleted_without_leftovers()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository, build: Build));
        service.ServiceUrl!.ShouldStartWith($"{service.ServiceId}.us-east-1.localhost:");
        (await endpoint.ReadAsync(service)).ShouldBe("one");
        endpoint.ServiceFolders().ShouldHaveSingleItem();
        endpoint.Processes().ShouldHaveSingleItem();

        (await endpoint.DeleteAsync(service)).ShouldBe(OperationStatus.Succeeded);
        endpoint.ServiceFolders().ShouldBeEmpty();
        endpoint.Processes().ShouldBeEmpty();

        // The URL has a port of the service's own, which is free again.
        await Should.ThrowAsync<HttpRequestException>(() => endpoint.GetAsync(service));
    }

    [Fact]
    public async Task A_deployment_of_the_newest_commit_fails_no_requests()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository, build: Build));
        var oldProgram = await endpoint.ReadAsync(service, "/pid");
        repository.Commit(("version.in", "two"));

        using var enough = new CancellationTokenSource();
        var responses = new ConcurrentQueue<(int Status, string Body)>();
        var clients = Enumerable.Range(0, 4).Select(_ => CallAsync()).ToArray();
        (await endpoint.DeployAsync(service)).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service)).ShouldBe("two");
        (await endpoint.ReadAsync(service, "/pid")).ShouldNotBe(oldProgram);
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.Processes().Length == 1), () => "the end of the old program");
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(responses.Contains((200, "two"))), () => "a response of the new version");
        await enough.CancelAsync();
        await Task.WhenAll(clients);
        responses.Select(response => response.Status).Distinct().ShouldBe([200]);
        responses.Select(response => response.Body).Distinct().ShouldBe(["one", "two"], ignoreOrder: true);

        // Only the files of the new version are left.
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.Releases().Length == 1), () => "the removal of the old version");

        async Task CallAsync()
        {
            while (!enough.IsCancellationRequested)
                responses.Enqueue(await endpoint.GetAsync(service));
        }
    }

    [Fact]
    public async Task A_request_in_flight_is_completed_by_the_old_version()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository, build: Build));
        using var blocked = new BlockedPath();
        var slow = endpoint.GetAsync(service, blocked.Path);
        repository.Commit(("version.in", "two"));
        (await endpoint.DeployAsync(service)).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service)).ShouldBe("two");
        slow.IsCompleted.ShouldBeFalse();
        blocked.Unblock();
        (await slow).ShouldBe((200, "one"));
    }

    [Fact]
    public async Task An_unhealthy_update_is_rolled_back_and_the_old_version_keeps_serving()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository, build: Build));
        var program = await endpoint.ReadAsync(service, "/pid");
        repository.Commit(("version.in", "two"));
        var response = await endpoint.Api.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, HealthCheckConfiguration = new HealthCheckConfiguration { Path = "/nothing" } });
        (await endpoint.EndAsync(service, response.OperationId!)).ShouldBe(OperationStatus.RollbackSucceeded);

        service = await endpoint.Api.DescribeAsync(service);
        service.Status.ShouldBe(ServiceStatus.Running);
        service.HealthCheckConfiguration!.Path.ShouldBe("/health");
        (await endpoint.ReadAsync(service)).ShouldBe("one");
        (await endpoint.ReadAsync(service, "/pid")).ShouldBe(program);
        endpoint.Processes().ShouldHaveSingleItem();
        endpoint.Releases().ShouldHaveSingleItem();
        var log = endpoint.DeploymentLog(service, response.OperationId!);
        log.ShouldContain("[AppRunner] Health check failed on path '/nothing' and port '8080': status 404.");
        log.ShouldContain("rolled back");
    }

    [Fact]
    public async Task A_paused_service_has_no_instances_and_responds_with_503()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository, build: Build));
        (await endpoint.PauseAsync(service)).ShouldBe(OperationStatus.Succeeded);
        endpoint.Processes().ShouldBeEmpty();
        var (status, reason) = await endpoint.GetAsync(service);
        status.ShouldBe(503);
        reason.ShouldContain("The service is paused.");

        // ResumeService starts the deployed version, not the newest commit.
        repository.Commit(("version.in", "two"));
        (await endpoint.ResumeAsync(service)).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service)).ShouldBe("one");
    }

    [Fact]
    public async Task An_update_of_a_paused_service_does_not_start_it()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository, build: Build));
        await endpoint.PauseAsync(service);
        repository.Commit(("version.in", "two"));
        (await endpoint.UpdateAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, HealthCheckConfiguration = new HealthCheckConfiguration { Path = "/" } })).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.Api.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.Paused);
        endpoint.Processes().ShouldBeEmpty();
        (await endpoint.ResumeAsync(service)).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service)).ShouldBe("two");
    }

    [Fact]
    public async Task A_new_commit_is_deployed_automatically_and_a_failed_one_only_once()
    {
        using var repository = new GitFolder(("version.in", "one"));
        var poll = TimeSpan.FromMilliseconds(100);
        var clock = new FakeClock(FakeTime.Runs);
        using var endpoint = new ExecutionEndpoint(settings: new ExecutionSettings { LocalPoll = poll }, clock: clock);
        var request = ExecutionEndpoint.NewService(repository, build: Build);
        request.SourceConfiguration!.AutoDeploymentsEnabled = true;
        var service = await endpoint.RunningAsync(request);

        repository.Commit(("version.in", "two"));
        await RespondsWithAsync("two");
        repository.Git("rm", "--quiet", "version.in");
        repository.Commit(("other", "x"));
        await ExecutionEndpoint.UntilAsync(async () => (await endpoint.Api.OperationsAsync(service))[0].Status == OperationStatus.RollbackSucceeded, () => endpoint.Events(service));
        var polls = clock.Delays.Count(delay => delay == poll);
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(clock.Delays.Count(delay => delay == poll) > polls + 3), () => "further polls of the branch");
        repository.Commit(("version.in", "three"));
        await RespondsWithAsync("three");
        (await endpoint.Api.OperationsAsync(service)).Select(operation => operation.Type).ShouldBe(
            [OperationType.StartDeployment, OperationType.StartDeployment, OperationType.StartDeployment, OperationType.CreateService]);

        Task RespondsWithAsync(string version) => ExecutionEndpoint.UntilAsync(async () => (await endpoint.ReadAsync(service)) == version, () => $"{version}: {endpoint.Events(service)}");
    }

    [Fact]
    public async Task An_operation_with_a_forced_outcome_is_not_executed()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint(options => options.OperationDuration = default);
        endpoint.Api.Endpoint.SetNextOutcome(OperationStatus.Failed, OperationType.CreateService);
        var service = await endpoint.CreateAsync(ExecutionEndpoint.NewService(repository, build: Build));
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Releases().ShouldBeEmpty();
        (await endpoint.GetAsync(service)).Status.ShouldBe(503);

        // A service whose creation failed can be deployed by an update.
        (await endpoint.UpdateAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new() })).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service)).ShouldBe("one");
    }

    [Fact]
    public async Task Twenty_services_are_created_concurrently()
    {
        using var repository = new GitFolder(("version.in", "one"));
        using var endpoint = new ExecutionEndpoint();
        var services = await Task.WhenAll(Enumerable.Range(1, 20).Select(i =>
        {
            var request = ExecutionEndpoint.NewService(repository, $"web{i:00}", Build);
            request.HealthCheckConfiguration = null;
            return endpoint.RunningAsync(request);
        }));
        services.Select(service => service.ServiceUrl).Distinct().Count().ShouldBe(20);
        if (Environment.ProcessorCount < 10)
            services.ShouldContain(service => endpoint.Events(service).Contains("Waiting for other builds to finish.", StringComparison.Ordinal));
        (await Task.WhenAll(services.Select(service => endpoint.ReadAsync(service)))).ShouldAllBe(version => version == "one");
        (await Task.WhenAll(services.Select(endpoint.DeleteAsync))).ShouldAllBe(status => status == OperationStatus.Succeeded);
        endpoint.ServiceFolders().ShouldBeEmpty();
    }
}
