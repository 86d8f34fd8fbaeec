using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.Model;
using AppRunner.Model.Metrics;
using AppRunner.Unit.Tests.LocalEndpoint;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public class InstanceTests
{
    [Fact]
    public async Task An_unhealthy_instance_is_replaced()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository));
        var program = await endpoint.ReadAsync(service, "/pid");
        await endpoint.ReadAsync(service, "/fail-health");
        await ReplacedAsync(endpoint, service, program);
        endpoint.Events(service).ShouldContain("is replaced: its health check failed on path '/health' and port '8080': status 500.");
    }

    [Fact]
    public async Task An_instance_that_exits_is_replaced()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository));
        var program = await endpoint.ReadAsync(service, "/pid");
        await endpoint.GetAsync(service, "/exit/7");
        await ReplacedAsync(endpoint, service, program);
        endpoint.Events(service).ShouldContain("is replaced: its program ended with exit code 7.");
    }

    [Fact]
    public async Task Requests_and_usage_are_measured()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint(settings: new ExecutionSettings { UsageInterval = TimeSpan.FromMilliseconds(50) });
        var service = await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository));
        for (var i = 0; i < 3; i++)
            await endpoint.ReadAsync(service);

        (await endpoint.GetAsync(service, "/missing")).Status.ShouldBe(404);

        var now = DateTime.UtcNow;
        var range = MetricRange.Of(now.AddHours(-1), now.AddMinutes(1), TimeSpan.FromHours(1), now);
        var wanted = new[] { "Requests", "2xxStatusResponses", "4xxStatusResponses", "5xxStatusResponses", "Concurrency", "ActiveInstances" }.Select(name => (name, "Sum"))
            .Concat([("RequestLatency", "Average"), ("RequestLatency", "p95"), ("Concurrency", "Maximum"), ("CPUUtilization", "Average"), ("MemoryUtilization", "Maximum")]).ToArray();
        Dictionary<string, double> values = [];
        await ExecutionEndpoint.UntilAsync(
            async () =>
            {
                var found = await ServiceMetricReader.ReadAsync(new EndpointClient(endpoint.Api), service.ServiceArn!, wanted, range, _ => Task.CompletedTask, TestContext.Current.CancellationToken);
                values = found.Where(metric => metric.Points.Count > 0).ToDictionary(metric => metric.ToString(), metric => metric.Points.Sum(point => point.Value));
                return values.GetValueOrDefault("Requests Sum") >= 4 && values.ContainsKey("MemoryUtilization Maximum") && values.ContainsKey("CPUUtilization Average");
            },
            () => string.Join(", ", values));

        (values["Requests Sum"], values["2xxStatusResponses Sum"], values["4xxStatusResponses Sum"], values["5xxStatusResponses Sum"]).ShouldBe((4, 3, 1, 0));
        (values["RequestLatency Average"] > 0, values["RequestLatency p95"] > 0, values["ActiveInstances Sum"] >= 4).ShouldBe((true, true, true));
        values["MemoryUtilization Maximum"].ShouldBeInRange(0.1, 100);
        values["CPUUtilization Average"].ShouldBeInRange(0, 100);

        // The requests came one after the other.
        (values["Concurrency Maximum"], values["Concurrency Sum"] >= 1).ShouldBe((1, true));
    }

    [Fact]
    public async Task Instances_scale_with_concurrent_requests_between_MinSize_and_MaxSize()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint(settings: new ExecutionSettings { ScaleDownAfter = TimeSpan.FromMilliseconds(500) });
        var scaling = await endpoint.Api.SendAsync(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = "narrow", MaxConcurrency = 2, MinSize = 1, MaxSize = 2 });
        var request = ExecutionEndpoint.NewService(repository);
        request.AutoScalingConfigurationArn = scaling.AutoScalingConfiguration!.AutoScalingConfigurationArn;
        var service = await endpoint.RunningAsync(request);
        endpoint.Processes().ShouldHaveSingleItem();

        using var blocked = new BlockedPath();
        var waiting = Enumerable.Range(0, 3).Select(_ => endpoint.ReadAsync(service, blocked.Path)).ToArray();
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.Events(service).Contains("is healthy", StringComparison.Ordinal)), () => endpoint.Events(service));
        endpoint.Processes().Length.ShouldBe(2);
        blocked.Unblock();
        (await Task.WhenAll(waiting)).ShouldAllBe(body => body == "none");
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.Processes().Length == 1), () => endpoint.Events(service));
        (await endpoint.ReadAsync(service)).ShouldBe("none");
    }

    [Fact]
    public async Task A_service_starts_with_MinSize_instances()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var scaling = await endpoint.Api.SendAsync(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = "three", MinSize = 3, MaxSize = 3 });
        var request = ExecutionEndpoint.NewService(repository);
        request.AutoScalingConfigurationArn = scaling.AutoScalingConfiguration!.AutoScalingConfigurationArn;
        var service = await endpoint.RunningAsync(request);
        endpoint.Processes().Length.ShouldBe(3);
        var programs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => endpoint.ReadAsync(service, "/pid")));
        programs.Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_program_gets_its_variables_and_secrets_but_not_the_session_environment()
    {
        const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
        const string Leak = "AR_TEST_OF_THE_SESSION";
        Environment.SetEnvironmentVariable(Leak, "x");
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint(options => options.Secrets = new Dictionary<string, string> { [Secret] = """{"user":"me","password":"p w"}""", ["/level"] = "9" });
        var request = ExecutionEndpoint.NewService(repository, build: OperatingSystem.IsWindows() ? "set" : "env");
        var values = request.SourceConfiguration!.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!;
        values.RuntimeEnvironmentVariables = new Dictionary<string, string> { ["GREETING"] = "hello $HOME 'you'", ["PORT"] = "1" };
        request.InstanceConfiguration = new InstanceConfiguration { InstanceRoleArn = "arn:aws:iam::123456789012:role/web" };
        values.RuntimeEnvironmentSecrets = new Dictionary<string, string> { ["PASSWORD"] = Secret + ":password::", ["LEVEL"] = "arn:aws:ssm:us-east-1:123456789012:parameter/level" };
        var response = await endpoint.Api.SendAsync(request);
        (await endpoint.EndAsync(response.Service!, response.OperationId!)).ShouldBe(OperationStatus.Succeeded, endpoint.Events(response.Service!));
        var service = response.Service!;
        (await endpoint.ReadAsync(service, "/env/GREETING")).ShouldBe("hello $HOME 'you'");
        (await endpoint.ReadAsync(service, "/env/PASSWORD")).ShouldBe("p w");
        (await endpoint.ReadAsync(service, "/env/LEVEL")).ShouldBe("9");
        int.Parse(await endpoint.ReadAsync(service, "/env/PORT"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(1);
        (await endpoint.ReadAsync(service, "/env")).Split('\n').ShouldNotContain(Leak);

        // As on AWS, the build does not get them.
        var log = endpoint.DeploymentLog(service, response.OperationId!);
        log.ShouldContain("[Build] PATH=");
        log.ShouldNotContain("GREETING");
        log.ShouldNotContain("p w");
        log.ShouldNotContain(Leak);
    }

    private static async Task ReplacedAsync(ExecutionEndpoint endpoint, Service service, string program)
    {
        await ExecutionEndpoint.UntilAsync(
            async () => await endpoint.GetAsync(service, "/pid") is (200, var other) && other != program,
            () => endpoint.Events(service));
        (await endpoint.ReadAsync(service, "/health")).ShouldBe("healthy");
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.Processes().Length == 1), () => "the end of the unhealthy instance");
        (await endpoint.Api.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.Running);
    }

    private sealed class EndpointClient(TestEndpoint endpoint) : IAppRunnerClient
    {
        public Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse => endpoint.SendAsync(request);
    }
}
