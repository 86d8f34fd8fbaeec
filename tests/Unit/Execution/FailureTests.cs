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
    public async Task A_failed_build_is_in_the_deployment_log_and_leaves_no_files()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var (service, log) = await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, build: "echo something is wrong && exit 3"), "A build command ended with exit code 3");
        log.ShouldContain("[Build] something is wrong");

        // A service whose creation failed can be updated and deleted.
        (await endpoint.UpdateAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, SourceConfiguration = ExecutionEndpoint.Source(repository.Path) })).ShouldBe(OperationStatus.Succeeded);
        (await endpoint.ReadAsync(service)).ShouldBe("none");
        (await endpoint.DeleteAsync(service)).ShouldBe(OperationStatus.Succeeded);
    }

    [Fact]
    public async Task A_crash_at_startup_is_logged_with_the_last_output_lines()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var (_, log) = await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, start: "sh -c 'echo no database && exit 7'"), "Your application stopped or failed to start. See logs for more information. Container exit code: 7");
        log.ShouldContain("[AppRunner] Application: no database");
    }

    [Theory]
    [InlineData("cd app && node server.js", "cd")]
    [InlineData("exec node server.js", "exec")]
    [InlineData("./missing --port 1", "./missing")]
    [InlineData("MODE=fast node server.js", "MODE=fast")]
    public async Task A_start_command_has_no_shell(string start, string program)
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, start: start), $"The program of the start command, \"{program}\", was not found.");
    }

    [Fact]
    public async Task Arguments_of_a_start_command_are_passed_without_a_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a script.");
        using var repository = new GitFolder(("show", "#!/bin/sh\nfor word in \"$@\"; do echo \"[$word]\"; done\nexit 7\n"));
        using var endpoint = new ExecutionEndpoint();
        var (_, log) = await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, build: "chmod +x show", start: "./show a && b | $HOME 'two words'"), "Your application stopped or failed to start. See logs for more information. Container exit code: 7");
        foreach (var word in new[] { "a", "&&", "b", "|", "$HOME", "two words" })
            log.ShouldContain($"[AppRunner] Application: [{word}]");
    }

    [Fact]
    public async Task A_failed_health_check_is_logged_with_the_HTTP_status()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var request = ExecutionEndpoint.NewService(repository);
        request.HealthCheckConfiguration!.Path = "/nothing";
        await FailingAsync(endpoint, request, "Health check failed on path '/nothing' and port '8080': status 404.");
    }

    [Fact]
    public async Task A_program_that_does_not_listen_is_logged_with_the_port()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint(options => options.StartTimeout = TimeSpan.FromSeconds(1));
        await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, start: ExecutionEndpoint.ProgramCommand("idle")), "listen on the port in the environment variable PORT");
    }

    [Fact]
    public async Task A_build_over_the_timeout_is_stopped()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint(options => options.BuildTimeout = TimeSpan.FromSeconds(2));
        await FailingAsync(endpoint, ExecutionEndpoint.NewService(repository, build: ExecutionEndpoint.ProgramCommand("idle")), "within 2 s");
    }

    [Fact]
    public async Task A_missing_secret_value_is_logged_with_its_reference()
    {
        const string Arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var request = ExecutionEndpoint.NewService(repository);
        request.InstanceConfiguration = new InstanceConfiguration { InstanceRoleArn = "arn:aws:iam::123456789012:role/web" };
        request.SourceConfiguration!.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!.RuntimeEnvironmentSecrets = new Dictionary<string, string> { ["PASSWORD"] = Arn };
        await FailingAsync(endpoint, request, $"no value for the secret of the variable \"PASSWORD\" ({Arn})");
    }

    [Theory]
    [InlineData("/no/such/folder", "there is no folder")]
    [InlineData("relative/folder", "must be an absolute path")]
    [InlineData("--upload-pack=touch /tmp/pwned", "must be an absolute path")]
    [InlineData("ext::sh -c touch% /tmp/pwned", "must be an absolute path")]
    [InlineData("ftp://example.com/x", "must be an https:// or file:// URL or the path of a folder")]
    [InlineData("file://host/share", "is not a folder on this computer")]
    [InlineData("https://", "is not a valid https URL")]
    public async Task An_invalid_repository_URL_is_logged(string repository, string reason)
    {
        using var endpoint = new ExecutionEndpoint();
        var source = ExecutionEndpoint.Source(repository);
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = source }, reason);
    }

    [Fact]
    public async Task A_folder_without_a_repository_is_logged()
    {
        var folder = Directory.CreateTempSubdirectory("ar-none-");
        using var endpoint = new ExecutionEndpoint();
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = ExecutionEndpoint.Source(folder.FullName) }, "cannot be read. git reported:");
        folder.Delete();
    }

    [Theory]
    [InlineData("other", null, "has no branch \"other\"")]
    [InlineData("--help", null, "is not a valid branch name")]
    [InlineData("a..b", null, "is not a valid branch name")]
    [InlineData("main:refs/heads/x", null, "is not a valid branch name")]
    [InlineData("main", "/missing", "there is no folder /missing in the repository")]
    [InlineData("main", "/file", "there is no folder /file in the repository")]
    [InlineData("main", "../..", "is outside the repository")]
    [InlineData("main", "/sub/../../x", "is outside the repository")]
    [InlineData("main", "/.git", "is outside the repository")]
    public async Task An_unknown_branch_or_source_directory_is_logged(string branch, string? directory, string reason)
    {
        using var repository = new GitFolder(("file", "x"), ("sub/file", "x"));
        using var endpoint = new ExecutionEndpoint();
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = ExecutionEndpoint.Source(repository.Path, branch, directory) }, reason);
    }

    [Theory]
    [InlineData("/away", "is outside the repository")]
    [InlineData("/round", "Too many symbolic links")]
    public async Task A_symbolic_link_cannot_lead_out_of_the_repository(string directory, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        using var repository = new GitFolder();
        File.CreateSymbolicLink(Path.Combine(repository.Path, "away"), "/");
        File.CreateSymbolicLink(Path.Combine(repository.Path, "round"), "round");
        repository.Commit();
        using var endpoint = new ExecutionEndpoint();
        await FailingAsync(endpoint, new CreateServiceRequest { ServiceName = "web1", SourceConfiguration = ExecutionEndpoint.Source(repository.Path, directory: directory) }, reason);
    }

    [Fact]
    public async Task A_deleted_work_folder_is_logged()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        foreach (var folder in Directory.GetDirectories(endpoint.WorkFolder))
            Directory.Delete(Path.Combine(folder, "services"));
        var response = await endpoint.Api.SendAsync(ExecutionEndpoint.NewService(repository));
        (await endpoint.EndAsync(response.Service!, response.OperationId!)).ShouldBe(OperationStatus.Failed);
        endpoint.Events(response.Service!).ShouldContain("The work folder cannot be written to: The folder ");
        (await endpoint.DeleteAsync(await endpoint.Api.DescribeAsync(response.Service!))).ShouldBe(OperationStatus.Succeeded);
    }

    [Fact]
    public async Task Stop_during_a_build_leaves_no_files()
    {
        using var repository = new GitFolder();
        string folder;
        using (var endpoint = new ExecutionEndpoint())
        {
            folder = endpoint.WorkFolder;
            var response = await endpoint.Api.SendAsync(ExecutionEndpoint.NewService(repository, build: ExecutionEndpoint.ProgramCommand("idle")));
            await ExecutionEndpoint.UntilAsync(() => Task.FromResult(endpoint.DeploymentLog(response.Service!, response.OperationId!).Contains("[Build] idle", StringComparison.Ordinal)), () => "the build");
        }

        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_work_folder_that_others_can_write_to_is_rejected()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        var folder = Directory.CreateTempSubdirectory("ar-open-");
        folder.UnixFileMode |= UnixFileMode.GroupWrite;
        Should.Throw<LocalEndpointException>(() => new ExecutionEndpoint(options => options.WorkFolder = folder.FullName)).Message.ShouldContain("Other users can write to the work folder");
        folder.GetFileSystemInfos().ShouldBeEmpty();
        folder.Delete();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Other_users_cannot_access_the_files_of_services()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        await endpoint.RunningAsync(ExecutionEndpoint.NewService(repository));
        Directory.GetDirectories(endpoint.WorkFolder).Concat(endpoint.ServiceFolders()).Concat(endpoint.Releases())
            .ShouldAllBe(folder => (File.GetUnixFileMode(folder) & Others) == 0);
    }

    private static async Task<(Service Service, string Log)> FailingAsync(ExecutionEndpoint endpoint, CreateServiceRequest request, string reason)
    {
        var response = await endpoint.Api.SendAsync(request);
        (await endpoint.EndAsync(response.Service!, response.OperationId!)).ShouldBe(OperationStatus.Failed);
        (await endpoint.Api.DescribeAsync(response.Service!)).Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(response.Service!).ShouldContain(reason);
        var log = endpoint.DeploymentLog(response.Service!, response.OperationId!);
        log.ShouldContain(reason);
        endpoint.Releases().ShouldBeEmpty();
        endpoint.Processes().ShouldBeEmpty();
        (await endpoint.GetAsync(response.Service!)).Status.ShouldBe(503);
        return (response.Service!, log);
    }
}
