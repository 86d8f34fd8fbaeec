using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class ObservabilityConfigurationTests
{
    private const string Prefix = "arn:aws:apprunner:us-east-1:123456789012:observabilityconfiguration/";
    private const string DefaultArn = Prefix + "DefaultConfiguration/1/00000000000000000000000000000001";

    [Fact]
    public async Task Every_region_has_a_default_configuration_that_cannot_be_changed()
    {
        using var endpoint = new TestEndpoint();
        (await ListAsync(endpoint)).ShouldHaveSingleItem().ObservabilityConfigurationArn.ShouldBe(DefaultArn);
        var whole = await DescribeAsync(endpoint, Prefix + "DefaultConfiguration");
        (whole.ObservabilityConfigurationArn, whole.TraceConfiguration!.Vendor, whole.Latest, whole.Status).ShouldBe((DefaultArn, "AWSXRAY", true, "ACTIVE"));
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => CreateAsync(endpoint, "DefaultConfiguration"), "is reserved");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, DefaultArn), "because it is the default");
        (await ListAsync(endpoint, latestOnly: false)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Creating_the_same_name_again_adds_the_latest_revision()
    {
        using var endpoint = new TestEndpoint();
        var first = await CreateAsync(endpoint, "xray");
        (first.ObservabilityConfigurationName, first.ObservabilityConfigurationRevision, first.Latest, first.Status, first.TraceConfiguration, first.CreatedAt, first.DeletedAt)
            .ShouldBe(("xray", 1, true, "ACTIVE", null, endpoint.Clock.UtcNow, null));
        first.ObservabilityConfigurationArn!.ShouldMatch($"\\A{Prefix}xray/1/[0-9a-f]{{32}}\\z");
        var second = await CreateAsync(endpoint, "xray", TracingVendor.AwsXRay);
        (second.ObservabilityConfigurationRevision, second.Latest, second.TraceConfiguration!.Vendor).ShouldBe((2, true, "AWSXRAY"));
        (await DescribeAsync(endpoint, first.ObservabilityConfigurationArn!)).Latest.ShouldBe(false);
        (await DescribeAsync(endpoint, Prefix + "xray")).ObservabilityConfigurationRevision.ShouldBe(2);
        (await DescribeAsync(endpoint, Prefix + "xray/1")).ObservabilityConfigurationRevision.ShouldBe(1);
    }

    [Fact]
    public async Task Lists_are_paged_and_contain_LatestOnly_by_default()
    {
        using var endpoint = new TestEndpoint();
        await CreateAsync(endpoint, "xray");
        await CreateAsync(endpoint, "Xray");
        await CreateAsync(endpoint, "xray");
        Names(await ListAsync(endpoint)).ShouldBe(["DefaultConfiguration/1", "Xray/1", "xray/2"]);
        Names(await ListAsync(endpoint, "xray")).ShouldBe(["xray/2"]);
        Names(await ListAsync(endpoint, "xray", false)).ShouldBe(["xray/1", "xray/2"]);
        (await ListAsync(endpoint, "none")).ShouldBeEmpty();

        var page = await endpoint.SendAsync(new ListObservabilityConfigurationsRequest { LatestOnly = false, MaxResults = 3 });
        Names(page.ObservabilityConfigurationSummaryList!).ShouldBe(["DefaultConfiguration/1", "xray/1", "Xray/1"]);
        var rest = await endpoint.SendAsync(new ListObservabilityConfigurationsRequest { LatestOnly = false, NextToken = page.NextToken });
        Names(rest.ObservabilityConfigurationSummaryList!).ShouldBe(["xray/2"]);
        rest.NextToken.ShouldBeNull();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListObservabilityConfigurationsRequest { NextToken = page.NextToken }), "NextToken");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListObservabilityConfigurationsRequest { MaxResults = 101 }), "MaxResults");
    }

    [Fact]
    public async Task A_deleted_configuration_can_be_described_for_an_hour()
    {
        using var endpoint = new TestEndpoint();
        await CreateAsync(endpoint, "xray");
        await CreateAsync(endpoint, "xray");
        var deleted = await DeleteAsync(endpoint, Prefix + "xray");
        (deleted.ObservabilityConfigurationRevision, deleted.Status, deleted.Latest, deleted.DeletedAt).ShouldBe((2, "INACTIVE", false, endpoint.Clock.UtcNow));
        (await DescribeAsync(endpoint, Prefix + "xray")).ObservabilityConfigurationRevision.ShouldBe(1);
        (await DescribeAsync(endpoint, deleted.ObservabilityConfigurationArn!)).Status.ShouldBe("INACTIVE");
        await NotFound(() => DeleteAsync(endpoint, deleted.ObservabilityConfigurationArn!));
        endpoint.Clock.Advance(TimeSpan.FromHours(1));
        await NotFound(() => DescribeAsync(endpoint, deleted.ObservabilityConfigurationArn!));
    }

    [Fact]
    public async Task A_configuration_in_use_cannot_be_deleted()
    {
        using var endpoint = new TestEndpoint();
        var configuration = await CreateAsync(endpoint, "xray");
        var service = await endpoint.RunningServiceAsync(Traced(Prefix + "xray"));
        (service.ObservabilityConfiguration!.ObservabilityEnabled, service.ObservabilityConfiguration.ObservabilityConfigurationArn).ShouldBe((true, configuration.ObservabilityConfigurationArn));
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, Prefix + "xray"), "1 service uses it");

        var off = new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new(), ObservabilityConfiguration = new ServiceObservabilityConfiguration { ObservabilityEnabled = false } };
        await endpoint.SendAsync(off);
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, Prefix + "xray"), "1 service uses it");
        endpoint.Clock.Advance(TestEndpoint.Duration);
        service = await endpoint.DescribeAsync(service);
        (service.ObservabilityConfiguration!.ObservabilityEnabled, service.ObservabilityConfiguration.ObservabilityConfigurationArn).ShouldBe((false, null));
        await DeleteAsync(endpoint, Prefix + "xray");
    }

    [Fact]
    public async Task Tracing_without_an_ARN_uses_the_default_configuration()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync(Traced(null));
        service.ObservabilityConfiguration!.ObservabilityConfigurationArn.ShouldBe(DefaultArn);
        await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new() });
        (await endpoint.DescribeAsync(service)).ObservabilityConfiguration!.ObservabilityConfigurationArn.ShouldBe(DefaultArn);
    }

    [Fact]
    public async Task A_service_cannot_use_an_unknown_or_deleted_configuration()
    {
        using var endpoint = new TestEndpoint();
        var gone = (await CreateAsync(endpoint, "gone")).ObservabilityConfigurationArn!;
        await DeleteAsync(endpoint, gone);
        var service = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web1"));
        foreach (var arn in new[] { gone, Prefix + "gone", Prefix + "none", DefaultArn.Replace("us-east-1", "eu-west-1") })
        {
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(Traced(arn)), "ObservabilityConfigurationArn: there is no active resource with this ARN");
            var update = new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new(), ObservabilityConfiguration = Traced(arn).ObservabilityConfiguration };
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(update), "ObservabilityConfigurationArn: there is no active resource with this ARN");
        }

        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.Count.ShouldBe(1);
        (await endpoint.OperationsAsync(service)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_quota_is_ten_names_with_ten_revisions_per_region()
    {
        using var endpoint = new TestEndpoint();
        for (var i = 2; i <= 10; i++)
            await CreateAsync(endpoint, $"name-{i}");
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(() => CreateAsync(endpoint, "name-11"), "the account holds 10 names in us-east-1, and 10 are allowed");
        for (var i = 2; i <= 10; i++)
            await CreateAsync(endpoint, "name-2");
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(() => CreateAsync(endpoint, "name-2"), "name-2 has 10 active revisions in us-east-1, and 10 are allowed");
        await DeleteAsync(endpoint, Prefix + "name-3");
        await CreateAsync(endpoint, "name-11");
    }

    [Fact]
    public async Task An_unknown_ARN_or_one_of_another_region_is_ResourceNotFoundException()
    {
        using var endpoint = new TestEndpoint();
        var configuration = await CreateAsync(endpoint, "xray");
        foreach (var arn in new[] { Prefix + "none", Prefix + "xray/2", Prefix + "XRAY", configuration.ObservabilityConfigurationArn!.Replace("us-east-1", "eu-west-1") })
        {
            await NotFound(() => DescribeAsync(endpoint, arn));
            await NotFound(() => DeleteAsync(endpoint, arn));
        }

        await NotFound(() => endpoint.SendAsync(new DescribeObservabilityConfigurationRequest { ObservabilityConfigurationArn = configuration.ObservabilityConfigurationArn }, "eu-west-1"));
    }

    [Fact]
    public async Task An_unknown_vendor_is_rejected()
    {
        using var endpoint = new TestEndpoint();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => CreateAsync(endpoint, "jaeger", "JAEGER"), "TraceConfiguration.Vendor");
        (await ListAsync(endpoint)).Count.ShouldBe(1);
    }

    private static CreateServiceRequest Traced(string? arn)
    {
        var request = TestEndpoint.NewService("web2");
        request.ObservabilityConfiguration = new ServiceObservabilityConfiguration { ObservabilityEnabled = true, ObservabilityConfigurationArn = arn };
        return request;
    }

    private static IEnumerable<string> Names(IEnumerable<ObservabilityConfigurationSummary> configurations) => configurations.Select(configuration => configuration.ToString());

    private static async Task<ObservabilityConfiguration> CreateAsync(TestEndpoint endpoint, string name, string? vendor = null) => (await endpoint.SendAsync(new CreateObservabilityConfigurationRequest
    {
        ObservabilityConfigurationName = name,
        TraceConfiguration = vendor is null ? null : new TraceConfiguration { Vendor = vendor },
    })).ObservabilityConfiguration!;

    private static async Task<List<ObservabilityConfigurationSummary>> ListAsync(TestEndpoint endpoint, string? name = null, bool? latestOnly = null) =>
        (await endpoint.SendAsync(new ListObservabilityConfigurationsRequest { ObservabilityConfigurationName = name, LatestOnly = latestOnly })).ObservabilityConfigurationSummaryList!;

    private static async Task<ObservabilityConfiguration> DescribeAsync(TestEndpoint endpoint, string arn) =>
        (await endpoint.SendAsync(new DescribeObservabilityConfigurationRequest { ObservabilityConfigurationArn = arn })).ObservabilityConfiguration!;

    private static async Task<ObservabilityConfiguration> DeleteAsync(TestEndpoint endpoint, string arn) =>
        (await endpoint.SendAsync(new DeleteObservabilityConfigurationRequest { ObservabilityConfigurationArn = arn })).ObservabilityConfiguration!;

    private static Task<ResourceNotFoundException> NotFound(Func<Task> call) => ServiceLifecycleTests.Refused<ResourceNotFoundException>(call, "Observability configuration with the provided ARN could not be found");
}
