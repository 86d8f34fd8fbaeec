using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.Clients;
using AppRunner.Export;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Conformance.Tests;

/// <summary>The files of Export-ARService, read by the tools that they are for, where these are installed.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Count = 120;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly IServiceExporter Exporter = new ServiceExporter();
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "Exports");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exports-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Botocore_accepts_CreateService_files()
    {
        await SkipUnlessAsync("botocore", "python3", "-c", "import botocore");

        var output = await RunAsync("python3", [Path.Combine(Scripts, "check_boto.py"), "apprunner", "CreateService", .. Write(ExportFormat.CreateService, new()), .. Write(ExportFormat.CreateService, new() { NoValue = true }, "novalue")]);

        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cfn_lint_accepts_templates()
    {
        await SkipUnlessAsync("cfn-lint", "cfn-lint", "--version");
        string[] files =
        [
            .. Write(ExportFormat.CloudFormation, new()).Take(40),
            .. Write(ExportFormat.CloudFormation, new() { IncludeShared = true }, "shared"),
            .. Write(ExportFormat.CloudFormation, new() { NoValue = true }, "novalue").Take(20),
            .. Write(ExportFormat.CloudFormation, new() { Import = true }, "import").Where(file => file.EndsWith(".import.template.json", StringComparison.Ordinal)).Take(10),
        ];

        // W1054 warns about the value 'AWS::NoValue', which is a text here.
        (await RunAsync("cfn-lint", ["--format", "parseable", "--ignore-checks", "W1054", "--", .. files])).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_CDK_includes_templates()
    {
        await SkipUnlessAsync("the CDK (aws-cdk-lib)", "node", "-e", "require('aws-cdk-lib')");

        (await RunAsync("node", [Path.Combine(Scripts, "include.cjs"), .. Write(ExportFormat.CloudFormation, new()), .. Write(ExportFormat.CloudFormation, new() { IncludeShared = true }, "shared"), .. Write(ExportFormat.CloudFormation, new() { NoValue = true }, "novalue")])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Terraform_fmt_accepts_configurations()
    {
        await SkipUnlessAsync("Terraform", "terraform", "version");
        Write(ExportFormat.Terraform, new(), "plain");
        Write(ExportFormat.Terraform, new() { Import = true }, "import");
        Write(ExportFormat.Terraform, new() { NoValue = true }, "novalue");
        Write(ExportFormat.Terraform, new() { IncludeShared = true, Import = true }, "shared");

        (await RunAsync("terraform", ["fmt", "-check", "-diff", "-recursive", folder.FullName])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Botocore_accepts_EcsExpress_files()
    {
        await SkipUnlessAsync("botocore with Express Mode", "python3", "-c", "from botocore.session import Session; Session().get_service_model('ecs').operation_model('CreateExpressGatewayService')");

        var output = await RunAsync("python3", [Path.Combine(Scripts, "check_boto.py"), "ecs", "CreateExpressGatewayService", .. Write(ExportFormat.EcsExpress, Express(roles: true)), .. Write(ExportFormat.EcsExpress, Express(roles: true, noValue: true), "novalue")]);

        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cfn_lint_accepts_templates_of_Express_Mode()
    {
        await SkipUnlessAsync("cfn-lint", "cfn-lint", "--version");
        string[] files =
        [
            .. Write(ExportFormat.EcsExpressCloudFormation, Express(roles: false)).Take(30),
            .. Write(ExportFormat.EcsExpressCloudFormation, Express(roles: true), "roles").Take(10),
            .. Write(ExportFormat.EcsExpressCloudFormation, Express(roles: false, noValue: true), "novalue").Take(20),
        ];

        (await RunAsync("cfn-lint", ["--format", "parseable", "--ignore-checks", "W1054", "--", .. files])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Terraform_fmt_accepts_configurations_of_Express_Mode()
    {
        await SkipUnlessAsync("Terraform", "terraform", "version");
        Write(ExportFormat.EcsExpressTerraform, Express(roles: false), "plain");
        Write(ExportFormat.EcsExpressTerraform, Express(roles: true), "roles");
        Write(ExportFormat.EcsExpressTerraform, Express(roles: false, noValue: true), "novalue");

        (await RunAsync("terraform", ["fmt", "-check", "-diff", "-recursive", folder.FullName])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Terraform_console_reads_every_value_and_key_back()
    {
        await SkipUnlessAsync("Terraform", "terraform", "version");

        // Texts that are not in normalization form C are converted, which is a warning of the export.
        var map = GeneratedSnapshots.Keys.Select((key, i) => (Key: key, Value: GeneratedSnapshots.Values[i])).ToDictionary(pair => pair.Key, pair => (object)pair.Value);
        var values = GeneratedSnapshots.Values.ToArray();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "main.tf"), HclBlock.ToText([new HclBlock("locals").Set("map", map).Set("values", values)]), TestContext.Current.CancellationToken);

        JsonSerializer.Deserialize<string[]>(await EvaluateAsync("values")).ShouldBe(values);
        JsonSerializer.Deserialize<Dictionary<string, string>>(await EvaluateAsync("map")).ShouldBe(map.ToDictionary(pair => pair.Key, pair => (string)pair.Value), ignoreOrder: true);
    }

    // The console prints a text as a literal of its own language; base64 has no character that is escaped.
    private async Task<byte[]> EvaluateAsync(string local)
    {
        var start = new ProcessStartInfo("terraform", ["console"]) { WorkingDirectory = folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync($"base64encode(jsonencode(local.{local}))");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return Convert.FromBase64String(output.Trim().Trim('"'));
    }

    // Decides whatever the generated services need.
    private static ExportOptions Express(bool roles, bool noValue = false) => new()
    {
        NoValue = noValue,
        Decisions = new ExpressDecisions
        {
            ExecutionRoleArn = roles ? "arn:aws:iam::123456789012:role/ecsTaskExecutionRole" : null,
            InfrastructureRoleArn = roles ? "arn:aws:iam::123456789012:role/ecsInfrastructureRole" : null,
            HealthCheckPath = "/ready?x=${y}",
            Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/site:1",
            Subnet = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
            Cluster = roles ? "main" : null,
        },
    };

    private static async Task SkipUnlessAsync(string name, string program, params string[] arguments)
    {
        var reason = $"{name} is not installed.";
        try
        {
            if (Tool.Find(program) is not { } path)
                Assert.Skip(reason);
            else if ((await Tool.RunAsync(new ProcessStartInfo(path, arguments), Limit)).ExitCode != 0)
                Assert.Skip(reason);
        }
        catch (Win32Exception e)
        {
            Assert.Skip($"{reason} {e.Message}");
        }
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var result = await Tool.RunAsync(new ProcessStartInfo(Tool.Find(program)!, arguments), Limit);
        return (result.Output + (result.ExitCode == 0 ? string.Empty : result.Errors)).Trim();
    }

    private List<string> Write(string format, ExportOptions options, string name = "")
    {
        var target = folder.CreateSubdirectory(name.Length == 0 ? format : name);
        var written = new List<string>();
        foreach (var export in Exporter.Convert(format, [.. Enumerable.Range(0, Count).Select(GeneratedSnapshots.Make)], options))
        {
            export.Problems.ShouldAllBe(problem => problem.Severity == Model.Rules.ProblemSeverity.Warning);
            Exporter.Write(target.FullName, export.Files, overwrite: false);
            written.AddRange(export.Files.Select(file => Path.Combine(target.FullName, file.Name)));
        }

        return written;
    }
}
