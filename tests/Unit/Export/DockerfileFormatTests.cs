using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Export;
using AppRunner.Model;
using AppRunner.Model.Rules;
using Shouldly;
using Xunit;
using static AppRunner.Unit.Tests.Export.ExportedServices;

namespace AppRunner.Unit.Tests.Export;

/// <summary>Dockerfiles of code services.</summary>
public class DockerfileFormatTests
{
    private static readonly IServiceExporter Exporter = new ServiceExporter();

    public static TheoryData<string> Runtimes => [.. OneOfAttribute.ValuesOf(typeof(Runtime))];

    [Theory]
    [MemberData(nameof(Runtimes))]
    public void Every_runtime_has_a_base_image(string runtime)
    {
        var text = Text(Code(runtime));

        text.ShouldContain("The base image is a judgement");
        text.ShouldMatch(@"\nFROM \S+:\S+");
        text.ShouldContain("\nRUN npm ci\n");
        text.ShouldEndWith("\nENV PORT=3000\n\nEXPOSE 3000\nCMD [\"node\",\"index.js\"]\n");
        text.Split("\nFROM ").Length.ShouldBe(RunSettingRules.IsRevisedBuild(runtime) ? 3 : 2);
    }

    [Fact]
    public void The_revised_build_copies_only_the_source_directory()
    {
        var text = Text(Code(Runtime.NodeJs22, "/web/app/"));

        text.ShouldContain("\nCOPY . /app\nWORKDIR /app/web/app\nRUN npm ci\n");
        text.ShouldContain("\nCOPY --from=build [\"/app/web/app\",\"/app/web/app\"]\nWORKDIR /app/web/app\n");
    }

    [Theory]
    [InlineData("npm ci && npm run build", "RUN npm ci && npm run build")]
    [InlineData("echo ${X} $Y # z", "RUN echo ${X} $Y # z")]
    [InlineData("echo a \\", "RUN [\"/bin/sh\",\"-c\",\"echo a \\\\\"]")]
    [InlineData("[ -f x ] && y", "RUN [\"/bin/sh\",\"-c\",\"[ -f x ] && y\"]")]
    [InlineData("--mount=x", "RUN [\"/bin/sh\",\"-c\",\"--mount=x\"]")]
    [InlineData("cat <<EOF", "RUN [\"/bin/sh\",\"-c\",\"cat <<EOF\"]")]
    [InlineData("one\ntwo", "RUN [\"/bin/sh\",\"-c\",\"one\\ntwo\"]")]
    public void A_command_reaches_the_shell_unchanged(string command, string line)
    {
        var snapshot = Code();
        Values(snapshot).BuildCommand = command;

        Text(snapshot).Split('\n').ShouldContain(line);
    }

    [Fact]
    public void Variables_are_escaped_and_secrets_stay_out()
    {
        var snapshot = Code();
        Values(snapshot).RuntimeEnvironmentVariables = new() { ["A"] = "$HOME \"q\" \\", ["EMPTY"] = string.Empty, ["PORT"] = "9", ["dotted.key"] = "content-1", ["LINES"] = "content\n2" };
        Values(snapshot).RuntimeEnvironmentSecrets = new() { ["DB_PASSWORD"] = "arn:aws:ssm:us-east-1:1:parameter/secret-name" };

        var export = Convert(snapshot);
        var text = export.Files[0].Content;

        text.ShouldContain("\nENV A=\"\\$HOME \\\"q\\\" \\\\\"\nENV EMPTY=\"\"\nENV PORT=3000\n");
        text.ShouldContain("Give them to the container: DB_PASSWORD");
        text.ShouldNotContain("secret-name");
        text.ShouldNotContain("content-1");
        export.Problems.Count.ShouldBe(2);
        string.Concat(export.Problems).ShouldNotContain("content");

        Text(snapshot, new ExportOptions { NoValue = true }).ShouldNotContain("HOME");
    }

    [Fact]
    public void Build_variables_of_apprunner_yaml_are_arguments_and_pre_run_runs_in_the_last_stage()
    {
        var snapshot = Code();
        var file = new Model.SourceFile
        {
            Runtime = "python311",
            Build = { PreBuild = ["a"], Build = ["b"], PostBuild = ["c"], EnvironmentVariables = { ["STAGE"] = "x y" } },
            Run = { RuntimeVersion = "3.11.9", PreRun = ["pip3 install -r requirements.txt"], Command = "python3 app.py", Port = 9000, PortVariable = "MY_PORT", EnvironmentVariables = { ["LEVEL"] = "info" } },
        };

        var text = Text(snapshot, new ExportOptions { SourceFile = file });

        text.ShouldContain("\nFROM public.ecr.aws/docker/library/python:3.11.9 AS build\nCOPY . /app\nWORKDIR /app\nARG STAGE=\"x y\"\nRUN a\nRUN b\nRUN c\n");
        text.ShouldContain("\nWORKDIR /app\nARG STAGE=\"x y\"\nRUN pip3 install -r requirements.txt\n\nENV LEVEL=\"info\"\nENV PORT=9000\nENV MY_PORT=9000\n\nEXPOSE 9000\nCMD [\"python3\",\"app.py\"]\n");
    }

    [Fact]
    public void What_cannot_be_a_Dockerfile_is_refused()
    {
        Refused(Image()).ShouldContain("ImageRepository");
        var repository = Code();
        repository.Service.SourceConfiguration!.CodeRepository!.CodeConfiguration = new CodeConfiguration { ConfigurationSource = ConfigurationSource.Repository };
        Refused(repository).ShouldContain("-SourceFile");
        Refused(Code("PERL_5")).ShouldContain("PERL_5");
        Refused(Code(directory: "../x")).ShouldContain("SourceDirectory");
        var open = Code();
        Values(open).StartCommand = "node 'x";
        Refused(open).ShouldContain("quote");
        Values(open).StartCommand = null;
        Refused(open).ShouldContain("StartCommand");

        static string Refused(ServiceSnapshot snapshot)
        {
            var export = Convert(snapshot);
            export.Files.ShouldBeEmpty();
            return export.Problems.First(problem => problem.Severity == ProblemSeverity.Error).ToString();
        }
    }

    [Fact]
    public void The_package_manager_of_Amazon_Linux_is_a_warning()
    {
        var snapshot = Code(Runtime.Python311);
        Values(snapshot).BuildCommand = "yum install -y gcc && make";

        Convert(snapshot).Problems.ShouldHaveSingleItem().Message.ShouldContain("apt-get");
        Values(snapshot).Runtime = Runtime.Corretto11;
        Convert(snapshot).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Files_with_secrets_are_ignored()
    {
        var files = Convert(Code()).Files;

        files.Select(file => file.Name).ShouldBe(["web.Dockerfile", "web.Dockerfile.dockerignore"]);
        foreach (var line in new[] { ".git", "**/.env", "**/node_modules" })
            files[1].Content.Split('\n').ShouldContain(line);
    }

    [Theory]
    [InlineData(Runtime.Python311, "echo built > built.txt", "python3 -c 'print(open(\"built.txt\").read())'")]
    [InlineData(Runtime.NodeJs22, "echo built > built.txt", "node -e 'console.log(require(\"fs\").readFileSync(\"built.txt\").toString())'")]
    [InlineData(Runtime.Corretto11, "echo built > built.txt", "cat built.txt")]
    [InlineData(Runtime.Go1, "echo built > built.txt", "cat built.txt")]
    [InlineData(Runtime.DotNet6, "echo built > built.txt", "cat built.txt")]
    [InlineData(Runtime.Php81, "echo built > built.txt", "php -r 'readfile(\"built.txt\");'")]
    [InlineData(Runtime.Ruby31, "echo built > built.txt", "ruby -e 'puts File.read(\"built.txt\")'")]
    public async Task Docker_builds_and_runs_it(string runtime, string build, string start)
    {
        var snapshot = Code(runtime);
        Values(snapshot).BuildCommand = build;
        Values(snapshot).StartCommand = start;
        var files = Convert(snapshot).Files;
        var image = files[0].Content.Split('\n').First(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Split(' ')[1];
        if (await DockerAsync("version", "--format", "{{.Server.Version}}") is { Succeeded: false })
            Assert.Skip("No Docker daemon responds.");
        if (await DockerAsync("pull", "--quiet", image) is { Succeeded: false } && await DockerAsync("image", "inspect", image) is { Succeeded: false })
            Assert.Skip($"The image {image} cannot be pulled here.");
        var folder = Directory.CreateTempSubdirectory("dockerfile-");
        try
        {
            foreach (var file in files)
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, file.Name), file.Content, TestContext.Current.CancellationToken);
            var tag = "apprunner-dockerfile-" + runtime.ToLowerInvariant();

            (await DockerAsync("build", "--file", Path.Combine(folder.FullName, files[0].Name), "--tag", tag, folder.FullName)).Succeeded.ShouldBeTrue();
            var run = await DockerAsync("run", "--rm", tag);
            await DockerAsync("image", "rm", tag);

            run.Output.Trim().ShouldBe("built");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(bool Succeeded, string Output)> DockerAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await errors;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode == 0, output);
        }
        catch (Win32Exception)
        {
            return (false, string.Empty);
        }
    }

    private static CodeConfigurationValues Values(ServiceSnapshot snapshot) => snapshot.Service.SourceConfiguration!.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!;

    private static ServiceExport Convert(ServiceSnapshot snapshot, ExportOptions? options = null) => Exporter.Convert(ExportFormat.Dockerfile, [snapshot], options ?? new ExportOptions()).ShouldHaveSingleItem();

    private static string Text(ServiceSnapshot snapshot, ExportOptions? options = null) => Convert(snapshot, options).Files[0].Content;
}
