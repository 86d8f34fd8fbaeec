using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public class SourceFileExecutionTests
{
    [Fact]
    public async Task apprunner_yaml_configures_build_and_run()
    {
        using var repository = new GitFolder(("app/apprunner.yaml", $$"""
            version: 1.0
            runtime: nodejs22
            build:
              commands:
                pre-build:
                  - git --version > pre.txt
                build:
                  - git show HEAD:app/apprunner.yaml > whole.txt
                post-build:
                  - {{(OperatingSystem.IsWindows() ? "echo %FLAVOUR%" : "echo $FLAVOUR")}}> version.txt
              env:
                - name: FLAVOUR
                  value: vanilla
            run:
              command: {{ExecutionEndpoint.ProgramCommand("web")}}
              network:
                port: 9000
                env: APP_PORT
              env:
                - name: GREETING
                  value: hello
              secrets:
                - name: TOKEN
                  value-from: token-parameter
            """));
        using var endpoint = new ExecutionEndpoint(options => options.Secrets = new Dictionary<string, string> { ["token-parameter"] = "t" });
        var service = await endpoint.RunningAsync(NewService(repository, "/app"));
        (await endpoint.ReadAsync(service)).ShouldBe("vanilla");
        (await endpoint.ReadAsync(service, "/env/GREETING")).ShouldBe("hello");
        (await endpoint.ReadAsync(service, "/env/TOKEN")).ShouldBe("t");
        (await endpoint.ReadAsync(service, "/env/APP_PORT")).ShouldBe(await endpoint.ReadAsync(service, "/env/PORT"));
        (await endpoint.GetAsync(service, "/env/FLAVOUR")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Problems_of_apprunner_yaml_are_logged_with_line_and_column()
    {
        using var repository = new GitFolder(("apprunner.yaml", "version: 1.0\nruntime: nodejs22\nbuild:\n  commands:\n    build:\n      - echo\nrun:\n  comand: x\n"));
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.CreateAsync(NewService(repository, "/"));
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(service).ShouldContain("[AppRunner] apprunner.yaml(8,3): run.comand: is not a known key. Did you mean \"command\"?");
        endpoint.Events(service).ShouldContain("[AppRunner] apprunner.yaml is not valid. See the line above.");
    }

    [Fact]
    public async Task A_missing_apprunner_yaml_is_logged()
    {
        using var repository = new GitFolder();
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.CreateAsync(NewService(repository, "/"));
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(service).ShouldContain("There is no apprunner.yaml in the source directory");
    }

    [Fact]
    public async Task apprunner_yaml_cannot_be_a_symbolic_link_out_of_the_repository()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        using var repository = new GitFolder();
        File.CreateSymbolicLink(Path.Combine(repository.Path, "apprunner.yaml"), "/etc/passwd");
        repository.Commit();
        using var endpoint = new ExecutionEndpoint();
        var service = await endpoint.CreateAsync(NewService(repository, "/"));
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        endpoint.Events(service).ShouldContain("apprunner.yaml is outside the repository.");
        endpoint.Events(service).ShouldNotContain("root:");
    }

    private static CreateServiceRequest NewService(GitFolder repository, string directory)
    {
        var request = ExecutionEndpoint.NewService(repository);
        request.SourceConfiguration!.CodeRepository!.SourceDirectory = directory;
        request.SourceConfiguration.CodeRepository.CodeConfiguration = new CodeConfiguration { ConfigurationSource = ConfigurationSource.Repository };
        return request;
    }
}
