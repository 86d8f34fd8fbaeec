using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

[UnsupportedOSPlatform("windows")]
public sealed class ImageTests : IDisposable
{
    // A stand-in for the Docker client, which runs the web application of the tests instead of a container.
    private const string Docker = """
        #!/bin/sh
        folder=$(dirname "$0")
        echo "$*" >> "$folder/calls"
        echo "$1 ${AR_TEST_REGISTRY-}" >> "$folder/seen"
        case $1 in
            ps) test ! -e "$folder/down" || { echo "Cannot connect to the daemon." >&2; exit 1; } ;;
            pull) test ! -e "$folder/offline" || { echo "no such host" >&2; exit 1; } ;;
            info) echo "WARNING: something"; cat "$folder/info" 2>/dev/null ;;
            container) echo true ;;
            image) test ! -e "$folder/unknown" || exit 1; echo sha256:0123 ;;
            stop) for name; do :; done; kill "$(cat "$folder/$name")" 2>/dev/null ;;
            run)
                while test "$1" != --name; do shift; done
                echo $$ > "$folder/$2"
                while test "$1" != --publish; do shift; done
                port=${2#127.0.0.1:}
                cd "$folder" && PORT=${port%:*} exec {{WEB}} ;;
        esac
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("ar-docker-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Without_Docker_and_Podman_the_event_says_so()
    {
        using var endpoint = Endpoint();
        await FailingAsync(endpoint, "Docker or Podman is required to run an image, and neither responds (docker is not on the PATH; podman is not on the PATH)");
    }

    [Fact]
    public async Task If_Docker_does_not_respond_the_event_has_its_error_message()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "down"), string.Empty);
        using var endpoint = Endpoint();
        await FailingAsync(endpoint, "docker does not respond: Cannot connect to the daemon.; podman is not on the PATH");
    }

    [Fact]
    public async Task A_failed_pull_has_the_error_message_of_Docker()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "offline"), string.Empty);
        File.WriteAllText(Path.Combine(folder, "unknown"), string.Empty);
        using var endpoint = Endpoint();
        await FailingAsync(endpoint, "could not be pulled: no such host");
    }

    [Fact]
    public async Task A_container_runs_with_port_start_command_and_environment_variables()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        using var endpoint = Endpoint(options => options.Secrets = new Dictionary<string, string> { ["token"] = "never in arguments" });
        var request = NewService();
        request.InstanceConfiguration = new InstanceConfiguration { Cpu = "0.5 vCPU", Memory = "1 GB", InstanceRoleArn = "arn:aws:iam::123456789012:role/web" };
        request.SourceConfiguration!.ImageRepository!.ImageConfiguration = new ImageConfiguration
        {
            Port = "9000",
            StartCommand = "serve --name 'two words'",
            RuntimeEnvironmentVariables = new Dictionary<string, string> { ["GREETING"] = "hello" },
            RuntimeEnvironmentSecrets = new Dictionary<string, string> { ["TOKEN"] = "token" },
        };
        var service = await endpoint.RunningAsync(request);
        (await endpoint.ReadAsync(service, "/env/GREETING")).ShouldBe("hello");
        (await endpoint.ReadAsync(service, "/env/TOKEN")).ShouldBe("never in arguments");
        var run = Calls().Single(call => call.StartsWith("run ", StringComparison.Ordinal));
        run.ShouldMatch("--stop-timeout 0 --publish 127\\.0\\.0\\.1:[0-9]+:9000 --cpus 0\\.5 --memory 1024m .*--env GREETING .*--env TOKEN .*--env PORT=9000 sha256:0123 serve --name two words$");
        run.ShouldNotContain("never in arguments");
        Directory.GetFiles(Directory.GetDirectories(endpoint.WorkFolder).Single() + "/containers").ShouldHaveSingleItem();

        (await endpoint.DeleteAsync(service)).ShouldBe(OperationStatus.Succeeded);
        Calls()[^2].ShouldMatch("^stop -t 5 apprunner-[0-9a-f]{32}$");
        Calls()[^1].ShouldMatch("^rm --force --volumes apprunner-[0-9a-f]{32}$");
        endpoint.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_local_image_is_used_if_it_cannot_be_pulled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "offline"), string.Empty);
        using var endpoint = Endpoint();
        var service = await endpoint.RunningAsync(NewService());
        endpoint.Events(service).ShouldContain("The image could not be pulled (no such host). Using the local image.");
    }

    [Fact]
    public async Task The_Docker_client_inherits_the_environment_and_the_container_does_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        Environment.SetEnvironmentVariable("AR_TEST_REGISTRY", "registry.example");
        using var endpoint = Endpoint();
        var service = await endpoint.RunningAsync(NewService());
        var seen = File.ReadAllLines(Path.Combine(folder, "seen"));
        seen.ShouldContain("pull registry.example");
        seen.ShouldContain("run ");
        (await endpoint.ReadAsync(service, "/env")).Split('\n').ShouldNotContain("AR_TEST_REGISTRY");
    }

    [Theory]
    [InlineData("3 true true", "--cpus 3 --memory 8192m --env")]
    [InlineData("8 false true", "--memory 8192m --env")]
    [InlineData("8 true false", "--cpus 4 --env")]
    [InlineData("2 [cpuset cpu memory pids]", "--cpus 2 --memory 8192m --env")]
    [InlineData("8 [memory pids]", "--memory 8192m --env")]
    [InlineData("8 []", "--publish 127\\.0\\.0\\.1:[0-9]+:8080 --env")]
    public async Task A_container_gets_the_limits_that_the_engine_supports(string info, string arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "info"), info);
        using var endpoint = Endpoint();
        var request = NewService();
        request.InstanceConfiguration = new InstanceConfiguration { Cpu = "4 vCPU", Memory = "8 GB" };
        var response = await endpoint.Api.SendAsync(request);
        (await endpoint.EndAsync(response.Service!, response.OperationId!)).ShouldBe(OperationStatus.Succeeded, endpoint.Events(response.Service!));
        Calls().Single(call => call.StartsWith("run ", StringComparison.Ordinal)).ShouldMatch($"[0-9] {arguments} ");
        endpoint.DeploymentLog(response.Service!, response.OperationId!).Contains("The container engine cannot limit", StringComparison.Ordinal).ShouldBe(!arguments.Contains("--cpus", StringComparison.Ordinal) || !arguments.Contains("--memory", StringComparison.Ordinal));
    }

    private static CreateServiceRequest NewService() => new()
    {
        ServiceName = "web1",
        SourceConfiguration = new SourceConfiguration
        {
            ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/example/hello:1", ImageRepositoryType = ImageRepositoryType.EcrPublic },
        },
    };

    private static async Task FailingAsync(ExecutionEndpoint endpoint, string reason)
    {
        var service = await endpoint.CreateAsync(NewService());
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(service).ShouldContain(reason);
        endpoint.Processes().ShouldBeEmpty();
    }

    private ExecutionEndpoint Endpoint(Action<LocalEndpointOptions>? configure = null) => new(configure, new ExecutionSettings(), containerPrograms: new ProgramFinder(folder));

    private string[] Calls() => File.ReadAllLines(Path.Combine(folder, "calls"));

    private void Install()
    {
        var file = Path.Combine(folder, "docker");
        File.WriteAllText(file, Docker.Replace("{{WEB}}", ExecutionEndpoint.ProgramCommand("web"), StringComparison.Ordinal));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
