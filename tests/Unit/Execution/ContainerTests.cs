using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.Model;
using AppRunner.Unit.Tests.LocalEndpoint;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>Images in real engines, if they are available.</summary>
public sealed class ContainerTests(ContainerEngines engines) : IClassFixture<ContainerEngines>
{
    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task An_image_service_is_created_updated_paused_resumed_and_deleted(string name)
    {
        var engine = engines.Take(name);
        using var endpoint = Endpoint(engine);
        var service = await endpoint.RunningAsync(NewService(engine));
        (await endpoint.ReadAsync(service, "/env/GREETING")).ShouldBe("hello");
        var first = engine.Containers().ShouldHaveSingleItem();

        (await endpoint.UpdateAsync(Update(service, engine, greeting: "hello again"))).ShouldBe(OperationStatus.Succeeded, endpoint.Events(service));
        (await endpoint.ReadAsync(service, "/env/GREETING")).ShouldBe("hello again");
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(engine.Containers() is [var only] && only != first), () => "the end of the first version");

        var second = engine.Containers().ShouldHaveSingleItem();
        (await endpoint.PauseAsync(service)).ShouldBe(OperationStatus.Succeeded);
        engine.Containers().ShouldBeEmpty();
        endpoint.InstanceLog(service, second["apprunner-".Length..]).ShouldEndWith("bye");
        (await endpoint.GetAsync(service)).Status.ShouldBe(503);

        (await endpoint.ResumeAsync(service)).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service, "/env/GREETING")).ShouldBe("hello again");

        (await endpoint.DeleteAsync(service)).ShouldBe(OperationStatus.Succeeded);
        engine.Containers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task A_container_that_does_not_listen_is_unhealthy_although_the_proxy_accepts_connections(string name)
    {
        var engine = engines.Take(name);
        using var endpoint = Endpoint(engine, options => options.StartTimeout = TimeSpan.FromSeconds(5));
        var request = NewService(engine, "idle");
        request.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Tcp };
        var service = await endpoint.CreateAsync(request);
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(service).ShouldContain("not healthy within 5 s: nothing listens on its port. The program in the image must listen on port 8080");
        engine.Containers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task A_crashed_container_is_logged_and_the_old_version_keeps_running(string name)
    {
        var engine = engines.Take(name);
        using var endpoint = Endpoint(engine);
        var request = NewService(engine);
        request.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Tcp };
        var service = await endpoint.RunningAsync(request);
        var first = engine.Containers();

        var response = await endpoint.Api.SendAsync(Update(service, engine, "fail 3"));
        (await endpoint.EndAsync(service, response.OperationId!)).ShouldBe(OperationStatus.RollbackSucceeded, endpoint.Events(service));
        endpoint.Events(service).ShouldContain("Your application stopped or failed to start. See logs for more information. Container exit code: 3");
        endpoint.DeploymentLog(service, response.OperationId!).ShouldContain("[AppRunner] Application: no database");
        engine.Containers().ShouldBe(first);
        (await endpoint.ReadAsync(service, "/env/GREETING")).ShouldBe("hello");
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task An_unknown_image_is_logged_with_the_error_message_of_the_engine(string name)
    {
        var engine = engines.Take(name);
        using var endpoint = Endpoint(engine);
        var service = await endpoint.CreateAsync(NewService(engine with { Image = "123456789012.dkr.ecr.nowhere.invalid/missing:1" }));
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(service).ShouldContain("The image 123456789012.dkr.ecr.nowhere.invalid/missing:1 could not be pulled: ");
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task A_container_that_ignores_the_stop_signal_is_killed_and_leaves_no_volume(string name)
    {
        var engine = engines.Take(name);
        using var endpoint = Endpoint(engine);
        var service = await endpoint.RunningAsync(NewService(engine, "ignore-sigterm"));
        var volume = engine.Volume(engine.Containers().ShouldHaveSingleItem());
        engine.HasVolume(volume).ShouldBeTrue();
        (await endpoint.DeleteAsync(service)).ShouldBe(OperationStatus.Succeeded);
        engine.Containers().ShouldBeEmpty();
        engine.HasVolume(volume).ShouldBeFalse();
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task Stop_during_a_start_leaves_no_container(string name)
    {
        var engine = engines.Take(name);
        using (var endpoint = Endpoint(engine))
        {
            var service = (await endpoint.Api.SendAsync(NewService(engine))).Service!;
            await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.ContainerRecords().Length > 0), () => endpoint.Events(service));
        }

        engine.Containers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task A_container_gets_its_variables_unchanged_but_not_the_session_environment(string name)
    {
        const string Leak = "AR_TEST_OF_THE_SESSION";
        Environment.SetEnvironmentVariable(Leak, "x");
        var engine = engines.Take(name);
        using var endpoint = Endpoint(engine, options => options.Secrets = new Dictionary<string, string> { ["key"] = "-----BEGIN\n=a b=\n-----END" });
        var request = NewService(engine);
        var variables = new Dictionary<string, string>
        {
            ["spring.datasource.url"] = "jdbc:x?a=b&c='d'",
            ["my-var"] = "dashes",
            ["watcher"] = "mine",
            ["EMPTY"] = string.Empty,
            ["QUOTES"] = "\"$HOME\" 'x' \\n €",
            ["PWD"] = "/mine",
            ["HOME"] = "/home/me",
            ["HTTP_PROXY"] = "http://proxy.invalid:1",
            ["XDG_DATA_HOME"] = "/data",
            ["STORAGE_DRIVER"] = "s3",
            ["DOCKER_HOST"] = "tcp://nowhere.invalid:1",
            ["CONTAINER_HOST"] = "tcp://nowhere.invalid:1",
        };
        var configuration = request.SourceConfiguration!.ImageRepository!.ImageConfiguration!;
        configuration.RuntimeEnvironmentVariables = new Dictionary<string, string>(variables) { ["PORT"] = "1" };
        request.InstanceConfiguration = new InstanceConfiguration { InstanceRoleArn = "arn:aws:iam::123456789012:role/web" };
        configuration.RuntimeEnvironmentSecrets = new Dictionary<string, string> { ["KEY"] = "key" };
        var service = await endpoint.RunningAsync(request);
        foreach (var (variable, value) in variables)
            (await endpoint.ReadAsync(service, "/env/" + variable)).ShouldBe(value, variable);
        (await endpoint.ReadAsync(service, "/env/KEY")).ShouldBe("-----BEGIN\n=a b=\n-----END");
        (await endpoint.ReadAsync(service, "/env/PORT")).ShouldBe("8080");
        (await endpoint.ReadAsync(service, "/env")).Split('\n').ShouldNotContain(Leak);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task The_next_endpoint_removes_containers_of_a_killed_one(string name)
    {
        var engine = engines.Take(name);
        var workFolder = Directory.CreateTempSubdirectory("ar-work-").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AppRunner.Tests.Programs.dll"), "endpoint", workFolder]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = engine.Folder + Path.PathSeparator + start.Environment["PATH"];
        using var host = Process.Start(start)!;
        var fields = (await host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ');
        using var api = new TestEndpoint(new ForeignEndpoint(int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], fields[2]));
        var service = (await api.SendAsync(NewService(engine, "ignore-sigterm"))).Service!;
        await ExecutionEndpoint.UntilAsync(async () => (await api.DescribeAsync(service)).Status == ServiceStatus.Running, () => "the service");
        host.Kill();
        await host.WaitForExitAsync(TestContext.Current.CancellationToken);
        engine.Containers().ShouldHaveSingleItem();

        using (new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance))
            engine.Containers().ShouldBeEmpty();
        Directory.Delete(workFolder);
    }

    private static CreateServiceRequest NewService(ContainerEngine engine, string? program = null) => new()
    {
        ServiceName = "web1",
        SourceConfiguration = Source(engine, program, "hello"),
        HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Http, Path = "/health", Interval = 1, Timeout = 20, UnhealthyThreshold = 5 },
    };

    private static UpdateServiceRequest Update(ServiceSummary service, ContainerEngine engine, string? program = null, string greeting = "hello") =>
        new() { ServiceArn = service.ServiceArn, SourceConfiguration = Source(engine, program, greeting) };

    private static SourceConfiguration Source(ContainerEngine engine, string? program, string greeting) => new()
    {
        AuthenticationConfiguration = new AuthenticationConfiguration { AccessRoleArn = "arn:aws:iam::123456789012:role/pull" },
        ImageRepository = new ImageRepository
        {
            ImageIdentifier = engine.Image,
            ImageRepositoryType = ImageRepositoryType.Ecr,
            ImageConfiguration = new ImageConfiguration
            {
                StartCommand = program is null ? null : ContainerEngines.ProgramCommand(program),
                RuntimeEnvironmentVariables = new Dictionary<string, string> { ["GREETING"] = greeting },
            },
        },
    };

    private static ExecutionEndpoint Endpoint(ContainerEngine engine, Action<LocalEndpointOptions>? configure = null) => new(configure, new ExecutionSettings(), containerPrograms: new ProgramFinder(engine.Folder));
}
