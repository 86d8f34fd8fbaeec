using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public class FailureTests
{
    [Fact]
    public async Task A_failing_build_is_told_in_the_deployment_log_and_leaves_nothing()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var (service, log) = await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, build: "echo something is wrong && exit 3"), "A build command ended with exit code 3");
        log.ShouldContain("[Build] something is wrong");

        // What could not be created can be repaired, and deleted.
        (await endpoint.UpdateAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = ExecutionEndpoint.Source(repository.Path) })).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service)).ShouldBe("none");
        (await endpoint.DeleteAsync(service)).ShouldBe(OperationStatus.Succeeded);
    }

    [Fact]
    public async Task A_program_that_crashes_at_its_start_is_told_with_its_last_words()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var (_, log) = await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, start: "echo no database && exit 7"), "The start command ended with exit code 7");
        log.ShouldContain("[AppRunner] Application: no database");
    }

    [Fact]
    public async Task A_program_that_is_never_healthy_is_told_with_its_status()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var request = ExecutionEndpoint.NewService(repository);
        request.HealthCheckConfiguration!.Path = "/nothing";
        await FailingAsync(endpoint, request, "Health check failed on protocol HTTP, path /nothing: status 404.");
    }

    [Fact]
    public async Task A_program_that_does_not_listen_in_time_is_told_which_port_it_should_have()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint(options => options.StartTimeout = TimeSpan.FromSeconds(1));
        await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, start: ExecutionEndpoint.ProgramCommand("idle")), "listen on the port that the variable PORT holds");
    }

    [Fact]
    public async Task A_build_that_takes_too_long_is_stopped()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint(options => options.BuildTimeout = TimeSpan.FromSeconds(2));
        await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, build: ExecutionEndpoint.ProgramCommand("idle")), "within 2 s");
    }

    [Fact]
    public async Task A_secret_that_the_endpoint_was_not_given_is_named()
    {
        const string Arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var request = ExecutionEndpoint.NewService(repository);
        request.SourceConfiguration!.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!.RuntimeEnvironmentSecrets = new Dictionary<string, string> { ["PASSWORD"] = Arn };
        await FailingAsync(endpoint, request, $"no value for the secret of the variable PASSWORD ({Arn})");
    }

    [Theory]
    [InlineData("/no/such/folder", "There is no folder")]
    [InlineData("relative/folder", "must be a whole path")]
    [InlineData("--upload-pack=touch /tmp/pwned", "must be a whole path")]
    [InlineData("ext::sh -c touch% /tmp/pwned", "must be a whole path")]
    [InlineData("ssh://example.com/x", "can be an https:// or file:// address or a folder's path")]
    [InlineData("file://host/share", "names no folder of this computer")]
    [InlineData("https://", "is no valid https address")]
    public async Task A_repository_that_is_not_there_fails_with_an_event(string repository, string reason)
    {
        using var endpoint = new ExecutionEndpoint();
        var source = ExecutionEndpoint.Source(repository);
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = source }, reason);
    }

    [Fact]
    public async Task A_folder_without_a_repository_fails_with_an_event()
    {
        var folder = Directory.CreateTempSubdirectory("ar-none-");
        using var endpoint = new ExecutionEndpoint();
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = ExecutionEndpoint.Source(folder.FullName) }, "cannot be read. git says:");
        folder.Delete();
    }

    [Theory]
    [InlineData("other", null, "has no branch other")]
    [InlineData("--help", null, "no branch can be called")]
    [InlineData("a..b", null, "no branch can be called")]
    [InlineData("main:refs/heads/x", null, "no branch can be called")]
    [InlineData("main", "/missing", "there is no folder /missing in the repository")]
    [InlineData("main", "/file", "there is no folder /file in the repository")]
    [InlineData("main", "../..", "leads out of the repository")]
    [InlineData("main", "/sub/../../x", "leads out of the repository")]
    [InlineData("main", "/.git", "leads out of the repository")]
    public async Task A_branch_or_directory_that_is_not_there_fails_with_an_event(string branch, string? directory, string reason)
    {
        using var repository = new GitFolder(("file", "x"), ("sub/file", "x"));
        using var endpoint = new ExecutionEndpoint();
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = ExecutionEndpoint.Source(repository.Path, branch, directory) }, reason);
    }

    [Theory]
    [InlineData("/away", "leads out of the repository")]
    [InlineData("/round", "Too many links")]
    public async Task A_link_does_not_lead_out_of_the_repository(string directory, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own on Windows.");
        using var repository = new GitFolder();
        File.CreateSymbolicLink(Path.Combine(repository.Path, "away"), "/");
        File.CreateSymbolicLink(Path.Combine(repository.Path, "round"), "round");
        repository.Commit();
        using var endpoint = new ExecutionEndpoint();
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = ExecutionEndpoint.Source(repository.Path, directory: directory) }, reason);
    }

    [Fact]
    public async Task A_work_folder_that_is_gone_is_told()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        foreach (var folder in Directory.GetDirectories(endpoint.WorkFolder))
            Directory.Delete(Path.Combine(folder, "services"));
        var answer = await endpoint.Api.SendAsync(ExecutionEndpoint.NewService(repository));
        (await endpoint.EndAsync(answer.Service!, answer.OperationId!)).ShouldBe(OperationStatus.Failed);
        endpoint.Events(answer.Service!).ShouldContain("The work folder cannot be written to: There is no folder ");
        (await endpoint.DeleteAsync(await endpoint.Api.DescribeAsync(answer.Service!))).ShouldBe(OperationStatus.Succeeded);
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_build_leaves_nothing()
    {
        using var repository = new GitFolder();
        string folder;
        using (var endpoint = new ExecutionEndpoint())
        {
            folder = endpoint.WorkFolder;
            var answer = await endpoint.Api.SendAsync(ExecutionEndpoint.NewService(repository, build: ExecutionEndpoint.ProgramCommand("idle")));
            await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.DeploymentLog(answer.Service!, answer.OperationId!).Contains("[Build] idle", StringComparison.Ordinal)), () => "the build");
        }

        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Where_no_one_else_must_write_nothing_is_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are of another kind on Windows.");
        var folder = Directory.CreateTempSubdirectory("ar-open-");
        folder.UnixFileMode |= UnixFileMode.GroupWrite;
        Should.Throw<LocalEndpointException>(() => new ExecutionEndpoint(options => options.WorkFolder = folder.FullName)).Message.ShouldContain("can be written to by other users");
        folder.GetFileSystemInfos().ShouldBeEmpty();
        folder.Delete();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Nobody_else_can_look_into_the_files_of_services()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are of another kind on Windows.");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository));
        Directory.GetDirectories(endpoint.WorkFolder).Concat(endpoint.ServiceFolders()).Concat(endpoint.Releases())
            .ShouldAllBe(folder => (File.GetUnixFileMode(folder) & Others) == 0);
    }

    private static async Task<(Service Service, string Log)> FailingAsync(ExecutionEndpoint endpoint, CreateServiceRequest request, string reason)
    {
        var answer = await endpoint.Api.SendAsync(request);
        (await endpoint.EndAsync(answer.Service!, answer.OperationId!)).ShouldBe(OperationStatus.Failed);
        (await endpoint.Api.DescribeAsync(answer.Service!)).Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(answer.Service!).ShouldContain(reason);
        var log = endpoint.DeploymentLog(answer.Service!, answer.OperationId!);
        log.ShouldContain(reason);
        endpoint.Releases().ShouldBeEmpty();
        endpoint.Processes().ShouldBeEmpty();
        (await endpoint.GetAsync(answer.Service!)).Status.ShouldBe(503);
        return (answer.Service!, log);
    }
}
