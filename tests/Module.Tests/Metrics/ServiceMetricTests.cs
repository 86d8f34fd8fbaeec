using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Metrics;

public sealed class ServiceMetricTests : IDisposable
{
    private readonly Session session = Session.Local();

    public void Dispose() => session.Dispose();

    [Fact]
    public void All_metrics_with_their_statistics_are_read_and_a_simulated_service_has_no_points()
    {
        session.NewService("web1");

        var metrics = session.Run("Get-ARService | Get-ARServiceMetric").All<ServiceMetric>();

        metrics.Select(metric => metric.ToString()).ShouldBe(
        [
            "Requests Sum", "2xxStatusResponses Sum", "4xxStatusResponses Sum", "5xxStatusResponses Sum", "RequestLatency Average", "RequestLatency p95", "ActiveInstances Maximum",
            "Concurrency Maximum", "CPUUtilization Average", "CPUUtilization Maximum", "MemoryUtilization Average", "MemoryUtilization Maximum",
        ], ignoreOrder: true);
        metrics.ShouldAllBe(metric => metric.ServiceName == "web1" && metric.Points.Count == 0 && metric.Latest == null && metric.StartTime.Kind == DateTimeKind.Local);
    }

    [Fact]
    public void One_warning_says_that_simulated_services_have_no_values()
    {
        session.NewService("web1");
        session.NewService("web2");

        session.Run("Get-ARService | Get-ARServiceMetric").Warnings.ShouldHaveSingleItem().ShouldStartWith("Simulated services have no metric values.");
    }

    [Fact]
    public async Task Verbose_output_says_that_a_service_on_AWS_has_no_values()
    {
        await using var server = new ScriptedServer(
            ScriptedServer.Respond("""{"MetricDataResults":[]}"""),
            ScriptedServer.Respond("""{"Service":{"ServiceName":"web1","ServiceArn":"arn:aws:apprunner:us-east-1:123456789012:service/web1/0123456789abcdef0123456789abcdef","ServiceUrl":"psbqam834h.us-east-1.awsapprunner.com"}}"""));
        using var remote = Session.To(server);

        var result = remote.Run("Get-ARServiceMetric arn:aws:apprunner:us-east-1:123456789012:service/web1/0123456789abcdef0123456789abcdef Requests -Verbose");

        result.ShouldBeClean();
        result.Verbose.ShouldContain("Service \"web1\" has no values in this time.");
    }

    [Fact]
    public void Time_period_and_statistics_are_given_in_words()
    {
        session.NewService("web1");

        var metric = session.Run("Get-ARServiceMetric web1 requests -Since 2d -Until 1d -Period 5m -Statistic samplecount").All<ServiceMetric>().ShouldHaveSingleItem();

        (metric.Metric, metric.Statistic, metric.Unit, metric.Period).ShouldBe(("Requests", "SampleCount", "Count", TimeSpan.FromMinutes(5)));
        (metric.EndTime - metric.StartTime).ShouldBe(TimeSpan.FromDays(1), TimeSpan.FromMinutes(5));
        metric.StartTime.Minute.ShouldBe(metric.StartTime.Minute / 5 * 5);
        session.Run("Get-ARServiceMetric web1 -StartTime (Get-Date).AddHours(-2) -EndTime (Get-Date) -Metric Requests").All<ServiceMetric>().ShouldHaveSingleItem().Period.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("Get-ARServiceMetric web2", "ServiceNotFound")]
    [InlineData("Get-ARServiceMetric arn:aws:apprunner:us-east-1:000000000000:service/web2/0123456789abcdef0123456789abcdef", "ServiceNotFound")]
    [InlineData("Get-ARServiceMetric web1 -Since 1h -Until 2h", "InvalidParameter")]
    [InlineData("Get-ARServiceMetric web1 -Period 90s", "InvalidParameter")]
    [InlineData("Get-ARServiceMetric web1 -Statistic Median", "InvalidParameter")]
    public void A_request_that_cannot_succeed_is_an_error(string script, string id)
    {
        session.NewService("web1");

        session.Run(script).ErrorWith(id);
    }

    [Fact]
    public void A_metric_that_is_unknown_and_has_no_values_is_an_error_and_the_others_are_returned()
    {
        session.NewService("web1");

        var result = session.Run("Get-ARServiceMetric web1 Reqests, CPUUtilization, Memory, BuildMinutes -Statistic Sum, Maximum");

        result.Output.Select(metric => metric!.ToString()).ShouldBe(["CPUUtilization Sum", "CPUUtilization Maximum"]);
        result.Errors.Select(error => (error.Id(), error.Exception.Message)).ShouldBe(
        [
            ("ResourceNotFound", "Metric \"Reqests\" of service \"web1\" is not known and has no values in this time. Did you mean \"Requests\"?"),
            ("ResourceNotFound", "Metric \"Memory\" of service \"web1\" is not known and has no values in this time. Did you mean \"MemoryUtilization\"?"),
            ("ResourceNotFound", "Metric \"BuildMinutes\" of service \"web1\" is not known and has no values in this time."),
        ]);
        result.Errors[0].ErrorDetails.RecommendedAction.ShouldContain("Requests, 2xxStatusResponses");
        result.Errors[0].TargetObject.ShouldBe("web1");
    }

    [Fact]
    public async Task A_metric_that_is_newer_than_the_module_is_returned_if_it_has_values()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("""{"MetricDataResults":[{"Id":"m0","Label":"BuildMinutes","Timestamps":[1790000000],"Values":[3],"StatusCode":"Complete"}]}"""));
        using var remote = Session.To(server);

        var result = remote.Run("Get-ARServiceMetric arn:aws:apprunner:us-east-1:123456789012:service/web1/0123456789abcdef0123456789abcdef BuildMinutes");

        result.ShouldBeClean();
        var metric = result.All<ServiceMetric>().ShouldHaveSingleItem();
        (metric.Metric, metric.Statistic, metric.Latest, metric.Unit).ShouldBe(("BuildMinutes", "Average", 3, null));
    }

    [Fact]
    public void Names_of_metrics_and_statistics_are_completed()
    {
        session.Complete("Get-ARServiceMetric web1 -Metric 5").ShouldBe(["5xxStatusResponses"]);
        session.Complete("Get-ARServiceMetric web1 -Statistic p9").ShouldBe(["p90", "p95", "p99"]);
    }

    [Fact]
    public void A_table_shows_the_points_as_a_line_in_80_columns()
    {
        session.Run("""
            $start = Get-Date -Date '2026-03-01 12:00'
            $metric = [AppRunner.Model.ServiceMetric]@{ ServiceName = 'web1'; Metric = '5xxStatusResponses'; Statistic = 'Sum'; StartTime = $start; EndTime = $start.AddMinutes(10); Period = '00:01:00' }
            foreach ($minute in 0, 1, 3, 9) { $metric.Points.Add([AppRunner.Model.ServiceMetricPoint]@{ Timestamp = $start.AddMinutes($minute); Value = $minute * 5 }) }
            """).ShouldBeClean();

        var lines = session.Run("$metric | Out-String -Stream -Width 80").All<string>().Where(line => line.Length > 0).ToArray();

        lines.ShouldContain(line => line.Contains("ServiceName: web1", StringComparison.Ordinal));
        lines[^1].ShouldMatch(@"^5xxStatusResponses Sum +45 +0 +45 _\. -     #");
    }
}
