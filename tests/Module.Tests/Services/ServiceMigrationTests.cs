using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

/// <summary>Test-ARServiceMigration, and the decisions that it shares with Export-ARService.</summary>
public sealed class ServiceMigrationTests : IDisposable
{
    private const string Roles = "-ExecutionRoleArn arn:aws:iam::123456789012:role/execution -InfrastructureRoleArn arn:aws:iam::123456789012:role/infrastructure";
    private const string Decided = Roles + " -HealthCheckPath /ready -AutoScalingMetric average_cpu";

    private readonly Session session = Session.Local("-OperationDuration 0");
    private readonly string folder = Path.Combine(Path.GetTempPath(), "migration-" + Guid.NewGuid().ToString("N"));

    public ServiceMigrationTests()
    {
        session["folder"] = folder;
        session.NewService("web1", "-Port 81 -EnvironmentVariable @{ LEVEL = 'value-of-level' }");
        session.NewService("web2", "-HealthCheckConfiguration @{ Protocol = 'HTTP'; Path = '/health' }");
    }

    public void Dispose()
    {
        session.Dispose();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Test-ARServiceMigration web1, web2")]
    [InlineData("'web1', 'web2' | Test-ARServiceMigration")]
    [InlineData("Get-ARService | Test-ARServiceMigration")]
    [InlineData("Test-ARServiceMigration web*")]
    public void Every_service_has_a_status_and_findings(string script)
    {
        var results = session.Run(script).ShouldBeClean().All<ServiceMigration>().OrderBy(result => result.ServiceName).ToArray();

        results.Select(result => (result.ServiceName, result.Status, result.Region)).ShouldBe([("web1", "Blocked", "us-east-1"), ("web2", "NeedsDecision", "us-east-1")]);
        results[0].Finding[0].Parameter.ShouldBe("HealthCheckPath");
        results[0].ServiceArn.ShouldNotBeNull().ShouldContain("service/web1/");
        string.Concat(results[0].Finding).ShouldNotContain("value-of-level");
    }

    [Fact]
    public void Quiet_writes_a_Boolean_for_each_service_in_order()
    {
        session.Run("Test-ARServiceMigration web1, web2 -Quiet").ShouldBeClean().All<bool>().ShouldBe([false, false]);
        session.Run($"Test-ARServiceMigration web1, web2 -Quiet {Decided}").ShouldBeClean().All<bool>().ShouldBe([true, true]);
        session.Run($"Test-ARServiceMigration web1, web2 -Quiet {Roles} -AutoScalingMetric AVERAGE_CPU").ShouldBeClean().All<bool>().ShouldBe([false, true]);
    }

    [Fact]
    public void An_export_is_refused_with_member_and_parameter_until_the_blocker_is_decided()
    {
        var error = session.Run($"Export-ARService web1 $folder -Format EcsExpress {Roles}").ErrorWith("InvalidParameter").ToString();

        error.ShouldContain("web1: HealthCheckConfiguration.Protocol");
        error.ShouldContain("-HealthCheckPath");
        Directory.Exists(folder).ShouldBeFalse();

        session.Run($"Export-ARService web1 $folder -Format EcsExpress {Decided}").All<FileInfo>().ShouldHaveSingleItem().Name.ShouldBe("web1.express.json");
        var request = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "web1.express.json")))!;
        ((string?)request["healthCheckPath"]).ShouldBe("/ready");
        ((int?)request["primaryContainer"]!["containerPort"]).ShouldBe(81);
        request["primaryContainer"]!["environment"]!.AsArray().Select(entry => $"{entry!["name"]}={entry["value"]}").ShouldBe(["LEVEL=value-of-level", "PORT=81"]);
    }

    [Fact]
    public void The_request_needs_both_roles()
    {
        var error = session.Run("Export-ARService web2 $folder -Format EcsExpress").ErrorWith("InvalidParameter").ToString();

        error.ShouldContain("-ExecutionRoleArn");
        error.ShouldContain("-InfrastructureRoleArn");
    }

    [Fact]
    public void NoValue_leaves_out_the_values_but_not_the_port()
    {
        session.Run($"Export-ARService web1 $folder -Format EcsExpress {Decided} -NoValue");

        var text = File.ReadAllText(Path.Combine(folder, "web1.express.json"));
        text.ShouldNotContain("value-of-level");
        text.ShouldContain("\"81\"");
        text.ShouldContain("left out by Export-ARService -NoValue");
    }

    [Theory]
    [InlineData("-Subnet subnet-0123456789abcdef0", "Subnet: has one subnet")]
    [InlineData("-HealthCheckPath health", "HealthCheckPath: 'health'")]
    [InlineData("-ExecutionRoleArn execution", "ExecutionRoleArn: 'execution'")]
    [InlineData("-AutoScalingMetric REQUEST_COUNT_PER_TARGET", "AutoScalingTargetValue: is required")]
    [InlineData("-SourceFile nothing.yaml", "nothing.yaml")]
    public void A_malformed_decision_ends_the_command(string parameters, string message)
    {
        session.Run($"Test-ARServiceMigration web1 {parameters}").ErrorWith("InvalidParameter").ToString().ShouldContain(message);
        session.Run($"Export-ARService web1 $folder -Format EcsExpress {parameters}").ErrorWith("InvalidParameter").ToString().ShouldContain(message);
    }

    [Fact]
    public void A_decision_of_another_format_is_an_error() =>
        session.Run("Export-ARService web1 $folder -Format CreateService -HealthCheckPath /x").ErrorWith("InvalidParameter").ToString().ShouldContain("HealthCheckPath is used with -Format EcsExpress");

    [Fact]
    public void Metrics_complete_on_Tab() =>
        session.Run("(TabExpansion2 'Test-ARServiceMigration web1 -AutoScalingMetric AVERAGE_').CompletionMatches.CompletionText").All<string>().ShouldBe(["AVERAGE_CPU", "AVERAGE_MEMORY"]);

    [Fact]
    public void A_service_that_does_not_exist_does_not_stop_the_others()
    {
        var result = session.Run("'nope', 'web2' | Test-ARServiceMigration");

        result.ErrorWith("ServiceNotFound").ToString().ShouldContain("nope");
        result.Output.Count.ShouldBe(1);
    }

    [Fact]
    public void The_findings_are_readable_in_80_columns()
    {
        var table = session.Run("Test-ARServiceMigration web1 | Out-String -Stream -Width 80").All<string>().Where(line => line.Length > 0).ToArray();
        table[0].ShouldMatch("^ServiceName +Status +Decides +Findings$");
        table[2].ShouldMatch("^web1 +Blocked +HealthCheckPath");

        var findings = session.Run("(Test-ARServiceMigration web1).Finding | Out-String -Stream -Width 80").All<string>();
        findings.ShouldContain(line => line.StartsWith("Blocker", StringComparison.Ordinal));
        findings.ShouldAllBe(line => line.Length <= 80);
    }
}
