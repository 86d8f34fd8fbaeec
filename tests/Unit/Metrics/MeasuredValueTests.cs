using System;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Unit.Tests.LocalEndpoint;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Metrics;

/// <summary>The values that the local endpoint measures.</summary>
public class MeasuredValueTests
{
    [Fact]
    public void A_percentile_is_of_the_whole_period_and_the_other_statistics_are_exact()
    {
        var values = new MeasuredValues();
        for (var value = 1; value <= 10_000; value++)
            values.Add(value);

        values.Statistic("p50").ShouldBeInRange(2_000, 8_000);
        (values.Statistic("Sum"), values.Statistic("SampleCount"), values.Statistic("Minimum"), values.Statistic("Maximum")).ShouldBe((50_005_000, 10_000, 1, 10_000));
    }

    [Fact]
    public async Task The_values_of_a_deleted_service_are_removed()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        var region = endpoint.State();
        ServiceMetrics metrics;
        lock (region.Lock)
            metrics = region.Store<ServiceStore>().Find(service.ServiceArn!).Metrics;
        metrics.Add("Requests", 1);
        Count().ShouldBe(1);

        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await endpoint.DescribeAsync(service)).Status.ShouldBe(ServiceStatus.Deleted);

        Count().ShouldBe(0);

        int Count() => metrics.Read("Requests", "Sum", DateTime.MinValue, DateTime.MaxValue, TimeSpan.FromMinutes(1)).Count;
    }
}
