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
    // Does what is used of Docker, with the test's web application in place of a container.
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
    public async Task Where_neither_docker_nor_podman_is_the_operation_says_exactly_that()
    {
        using var endpoint = Endpoint();
        await FailingAsync(endpoint, "only by Docker or Podman, and neither answers (docker is not on the PATH; podman is not on the PATH)");
    }

    [Fact]
    public async Task Where_docker_does_not_answer_the_operation_has_its_words()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "down"), string.Empty);
        using var endpoint = Endpoint();
        await FailingAsync(endpoint, "docker does not answer: Cannot connect to the daemon.; podman is not on the PATH");
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_fails_with_dockers_words()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "offline"), string.Empty);
        File.WriteAllText(Path.Combine(folder, "unknown"), string.Empty);
        using var endpoint = Endpoint();
        await FailingAsync(endpoint, "could not be pulled: no such host");
    }

    [Fact]
    public async Task An_image_is_run_with_its_port_command_and_variables()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        using var endpoint = Endpoint(options => options.Secrets = new Dictionary<string, string> { ["token"] = "never in arguments" });
        var request = NewService();
        request.InstanceConfiguration = new InstanceConfiguration { Cpu = "0.5 vCPU", Memory = "1 GB" };
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
    public async Task An_image_of_this_computer_is_used_where_it_cannot_be_pulled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "offline"), string.Empty);
        using var endpoint = Endpoint();
        var service = await endpoint.RunningAsync(NewService());
        endpoint.Events(service).ShouldContain("The image could not be pulled (no such host). The one of this computer is used.");
    }

    [Fact]
    public async Task Docker_itself_sees_the_session_and_what_it_runs_does_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        Environment.SetEnvironmentVariable("AR_TEST_REGISTRY", "where I log in");
        using var endpoint = Endpoint();
        var service = await endpoint.RunningAsync(NewService());
        var seen = File.ReadAllLines(Path.Combine(folder, "seen"));
        seen.ShouldContain("pull where I log in");
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
    public async Task A_container_is_held_to_what_its_engine_can_hold_it_to(string info, string arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        Install();
        File.WriteAllText(Path.Combine(folder, "info"), info);
        using var endpoint = Endpoint();
        var request = NewService();
        request.InstanceConfiguration = new InstanceConfiguration { Cpu = "4 vCPU", Memory = "8 GB" };
        var answer = await endpoint.Api.SendAsync(request);
        (await endpoint.EndAsync(answer.Service!, answer.OperationId!)).ShouldBe(OperationStatus.Succeeded, endpoint.Events(answer.Service!));
        Calls().Single(call => call.StartsWith("run ", StringComparison.Ordinal)).ShouldMatch($"[0-9] {arguments} ");
        endpoint.DeploymentLog(answer.Service!, answer.OperationId!).Contains("The engine cannot limit", StringComparison.Ordinal).ShouldBe(!arguments.Contains("--cpus", StringComparison.Ordinal) || !arguments.Contains("--memory", StringComparison.Ordinal));
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

    private ExecutionEndpoint Endpoint(Action<LocalEndpointOptions>? configure = null) => new(configure, new ExecutionSettings { ContainerPath = folder });

    private string[] Calls() => File.ReadAllLines(Path.Combine(folder, "calls"));

    private void Install()
    {
        var file = Path.Combine(folder, "docker");
        File.WriteAllText(file, Docker.Replace("{{WEB}}", ExecutionEndpoint.ProgramCommand("web"), StringComparison.Ordinal));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
