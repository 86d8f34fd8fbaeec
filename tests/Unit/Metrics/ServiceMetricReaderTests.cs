using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Metrics;
using AppRunner.Unit.Tests.Client;
using AppRunner.Unit.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Metrics;

public class ServiceMetricReaderTests
{
    private const string ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web/8fe1e10304f84fd2b0df550fe98a71fa";
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static MetricRange Hour => MetricRange.Of(Noon.AddHours(-1), Noon, null, Noon);

    [Fact]
    public async Task Points_of_several_pages_are_joined_and_gaps_stay_gaps()
    {
        var warnings = new List<string>();
        var client = new FakeClient(request => ((GetMetricDataRequest)request).NextToken is null
            ? new GetMetricDataResponse
            {
                MetricDataResults = [Result("m0", "PartialData", (-60, 3), (-58, 0)), Result("m1", "Complete"), Result("m2", "InternalError", (-3, 1))],
                NextToken = "more",
            }
            : new GetMetricDataResponse { MetricDataResults = [Result("m0", "Complete", (-1, 7))] });

        var found = await ServiceMetricReader.ReadAsync(
            client, ServiceArn, [("Requests", "Sum"), ("RequestLatency", "p95"), ("Concurrency", "Maximum")], Hour, warning => { warnings.Add(warning); return Task.CompletedTask; }, TestContext.Current.CancellationToken);

        found.Select(metric => metric.ToString()).ShouldBe(["Requests Sum", "RequestLatency p95", "Concurrency Maximum"]);
        found[0].Points.Select(point => (point.Timestamp.ToUniversalTime(), point.Value)).ShouldBe([(Noon.AddMinutes(-60), 3), (Noon.AddMinutes(-58), 0), (Noon.AddMinutes(-1), 7)]);
        (found[0].Latest, found[0].Lowest, found[0].Highest, found[0].Unit).ShouldBe((7, 0, 7, "Count"));
        found[0].Sparkline.ShouldBe("-" + new string(' ', 18) + "#");
        (found[1].Latest, found[1].Unit, found[1].Sparkline.Trim()).ShouldBe((null, "Milliseconds", string.Empty));
        warnings.ShouldHaveSingleItem().ShouldBe("CloudWatch returned only a part of Concurrency Maximum of service \"web\".");
        client.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_request_is_that_of_CloudWatch()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("""{"MetricDataResults":[{"Id":"m0","Timestamps":[1772366340],"Values":[2.5],"StatusCode":"Complete"}]}"""));
        using var connection = await Connect.ToAsync(server);

        var found = await ServiceMetricReader.ReadAsync(connection, ServiceArn, [("Requests", "Sum")], Hour, _ => Task.CompletedTask, TestContext.Current.CancellationToken);

        found.ShouldHaveSingleItem().Points.ShouldHaveSingleItem().Value.ShouldBe(2.5);
        found[0].Points[0].Timestamp.Kind.ShouldBe(DateTimeKind.Local);
        var request = server.Requests.ShouldHaveSingleItem();
        request.Headers["X-Amz-Target"].ShouldBe("GraniteServiceVersion20100801.GetMetricData");
        request.Headers["Content-Type"].ShouldBe("application/x-amz-json-1.0");
        request.Headers["x-amzn-query-mode"].ShouldBe("true");
        request.Headers["Authorization"].ShouldContain("/monitoring/aws4_request");
        request.Body.ShouldBe("""{"MetricDataQueries":[{"Id":"m0","MetricStat":{"Metric":{"Namespace":"AWS/AppRunner","MetricName":"Requests","Dimensions":[{"Name":"ServiceName","Value":"web"},{"Name":"ServiceID","Value":"8fe1e10304f84fd2b0df550fe98a71fa"}]},"Period":60,"Stat":"Sum"}}],"StartTime":1772362800,"EndTime":1772366400,"ScanBy":"TimestampAscending"}""");
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(24, 1440)]
    [InlineData(24 * 20, 28800)]
    [InlineData(24 * 100, 144000)]
    public void The_default_period_gives_at_most_60_points_that_CloudWatch_still_has(int hours, int seconds) =>
        MetricRange.Of(Noon.AddHours(-hours), Noon, null, Noon).Period.TotalSeconds.ShouldBe(seconds);

    [Fact]
    public void A_period_that_cannot_be_used_is_an_error()
    {
        Should.Throw<InvalidParameterException>(() => MetricRange.Of(Noon, Noon, null, Noon)).Message.ShouldContain("-Since must be before -Until.");
        Should.Throw<InvalidParameterException>(() => MetricRange.Of(Noon.AddHours(-1), Noon, TimeSpan.FromSeconds(90), Noon)).Message.ShouldContain("00:01:30");
        MetricRange.Of(Noon.AddMinutes(-7), Noon, TimeSpan.FromMinutes(5), Noon).Start.ShouldBe(Noon.AddMinutes(-10));
    }

    private static MetricDataResult Result(string id, string status, params (int Minute, double Value)[] points) => WireJson.ReadResponse<MetricDataResult>(WireJson.Write(new MetricDataResult
    {
        Id = id,
        StatusCode = status,
        Timestamps = [.. points.Select(point => Noon.AddMinutes(point.Minute))],
        Values = [.. points.Select(point => point.Value)],
    }));
}
