using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class AutoScalingConfigurationTests
{
    private const string Prefix = "arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/";
    private const string DefaultArn = Prefix + "DefaultConfiguration/1/00000000000000000000000000000001";

    [Fact]
    public async Task Every_region_has_a_default_configuration()
    {
        using var endpoint = new TestEndpoint();
        var summary = (await ListAsync(endpoint)).ShouldHaveSingleItem();
        (summary.AutoScalingConfigurationArn, summary.ToString(), summary.Status).ShouldBe((DefaultArn, "DefaultConfiguration/1", "ACTIVE"));
        (summary.IsDefault, summary.HasAssociatedService, summary.CreatedAt).ShouldBe((true, false, endpoint.Endpoint.StartedAt));
        foreach (var arn in new[] { DefaultArn, Prefix + "DefaultConfiguration/1", Prefix + "DefaultConfiguration" })
        {
            var whole = await DescribeAsync(endpoint, arn);
            (whole.AutoScalingConfigurationArn, whole.Latest, whole.IsDefault, whole.DeletedAt).ShouldBe((DefaultArn, true, true, null));
            (whole.MaxConcurrency, whole.MinSize, whole.MaxSize).ShouldBe((100, 1, 25));
        }
    }

    [Fact]
    public async Task Given_values_are_stored_and_omitted_ones_get_defaults()
    {
        using var endpoint = new TestEndpoint();
        var plain = await endpoint.ScalingAsync("plain");
        (plain.MaxConcurrency, plain.MinSize, plain.MaxSize).ShouldBe((100, 1, 25));
        (plain.Status, plain.Latest, plain.IsDefault, plain.HasAssociatedService, plain.CreatedAt, plain.DeletedAt).ShouldBe(("ACTIVE", true, false, false, endpoint.Clock.UtcNow, null));
        plain.AutoScalingConfigurationArn!.ShouldMatch($"\\A{Prefix}plain/1/[0-9a-f]{{32}}\\z");

        var given = (await endpoint.SendAsync(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = "given", MaxConcurrency = 7, MinSize = 3, MaxSize = 3 })).AutoScalingConfiguration!;
        (given.MaxConcurrency, given.MinSize, given.MaxSize).ShouldBe((7, 3, 3));
        var read = await DescribeAsync(endpoint, given.AutoScalingConfigurationArn!);
        (read.MaxConcurrency, read.MinSize, read.MaxSize, read.AutoScalingConfigurationName, read.AutoScalingConfigurationRevision).ShouldBe((7, 3, 3, "given", 1));
    }

    [Fact]
    public async Task Creating_the_same_name_again_adds_the_latest_revision()
    {
        using var endpoint = new TestEndpoint();
        var first = await endpoint.ScalingAsync("high");
        var second = await endpoint.ScalingAsync("high", 50);
        (second.AutoScalingConfigurationRevision, second.Latest, second.MaxConcurrency).ShouldBe((2, true, 50));
        (await DescribeAsync(endpoint, first.AutoScalingConfigurationArn!)).Latest.ShouldBe(false);
        (await DescribeAsync(endpoint, Prefix + "high")).AutoScalingConfigurationArn.ShouldBe(second.AutoScalingConfigurationArn);
        (await DescribeAsync(endpoint, Prefix + "high/1")).AutoScalingConfigurationArn.ShouldBe(first.AutoScalingConfigurationArn);
    }

    [Theory]
    [InlineData(201, null, null, "MaxConcurrency")]
    [InlineData(null, 0, null, "MinSize")]
    [InlineData(null, 26, null, "MinSize")]
    [InlineData(null, 5, 4, "MaxSize: '4' is less than MinSize, which is 5")]
    public async Task Values_out_of_range_are_rejected(int? concurrency, int? min, int? max, string message)
    {
        using var endpoint = new TestEndpoint();
        var request = new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = "high", MaxConcurrency = concurrency, MinSize = min, MaxSize = max };
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(request), message);
        (await ListAsync(endpoint)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lists_contain_active_revisions_in_creation_order_and_LatestOnly_by_default()
    {
        using var endpoint = new TestEndpoint();
        await endpoint.ScalingAsync("high");
        await endpoint.ScalingAsync("slow");
        await endpoint.ScalingAsync("high");
        var gone = await endpoint.ScalingAsync("slow");
        await DeleteAsync(endpoint, gone.AutoScalingConfigurationArn!);

        Names(await ListAsync(endpoint)).ShouldBe(["DefaultConfiguration/1", "slow/1", "high/2"]);
        Names(await ListAsync(endpoint, latestOnly: false)).ShouldBe(["DefaultConfiguration/1", "high/1", "slow/1", "high/2"]);
        Names(await ListAsync(endpoint, "high")).ShouldBe(["high/2"]);
        Names(await ListAsync(endpoint, "high", false)).ShouldBe(["high/1", "high/2"]);
        (await ListAsync(endpoint, "none")).ShouldBeEmpty();
        (await ListAsync(endpoint, "HIGH", false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_have_MaxResults_entries_and_a_NextToken_is_valid_for_its_filter_only()
    {
        using var endpoint = new TestEndpoint();
        for (var i = 0; i < 4; i++)
            await endpoint.ScalingAsync("high");
        var found = new List<string>();
        var request = new ListAutoScalingConfigurationsRequest { LatestOnly = false, MaxResults = 2 };
        do
        {
            var page = await endpoint.SendAsync(request);
            page.AutoScalingConfigurationSummaryList!.Count.ShouldBeLessThanOrEqualTo(2);
            found.AddRange(Names(page.AutoScalingConfigurationSummaryList));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);
        found.ShouldBe(["DefaultConfiguration/1", "high/1", "high/2", "high/3", "high/4"]);

        var token = (await endpoint.SendAsync(new ListAutoScalingConfigurationsRequest { LatestOnly = false, MaxResults = 2 })).NextToken;
        foreach (var other in new[] { new ListAutoScalingConfigurationsRequest(), new ListAutoScalingConfigurationsRequest { LatestOnly = false, AutoScalingConfigurationName = "high" } })
        {
            other.NextToken = token;
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(other), "NextToken");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task MaxResults_must_be_1_to_100(int most)
    {
        using var endpoint = new TestEndpoint();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListAutoScalingConfigurationsRequest { MaxResults = most }), "MaxResults");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = DefaultArn, MaxResults = most }), "MaxResults");
    }

    [Fact]
    public async Task Deleting_by_name_deletes_the_latest_revision_which_can_be_described_for_an_hour()
    {
        using var endpoint = new TestEndpoint();
        var first = await endpoint.ScalingAsync("high");
        var second = await endpoint.ScalingAsync("high");
        var deleted = await DeleteAsync(endpoint, Prefix + "high");
        (deleted.AutoScalingConfigurationArn, deleted.Status, deleted.Latest, deleted.DeletedAt).ShouldBe((second.AutoScalingConfigurationArn, "INACTIVE", false, endpoint.Clock.UtcNow));
        (await DescribeAsync(endpoint, Prefix + "high")).AutoScalingConfigurationArn.ShouldBe(first.AutoScalingConfigurationArn);
        (await DescribeAsync(endpoint, first.AutoScalingConfigurationArn!)).Latest.ShouldBe(true);
        await NotFound(() => DescribeAsync(endpoint, Prefix + "high/2"));
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, second.AutoScalingConfigurationArn!), "The auto scaling configuration you specified has been deleted");

        endpoint.Clock.Advance(TimeSpan.FromMinutes(59));
        (await DescribeAsync(endpoint, second.AutoScalingConfigurationArn!)).Status.ShouldBe("INACTIVE");
        endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        await NotFound(() => DescribeAsync(endpoint, second.AutoScalingConfigurationArn!));
    }

    [Fact]
    public async Task Deleting_an_older_revision_keeps_the_latest()
    {
        using var endpoint = new TestEndpoint();
        await endpoint.ScalingAsync("high");
        await endpoint.ScalingAsync("high");
        (await DeleteAsync(endpoint, Prefix + "high/1")).AutoScalingConfigurationRevision.ShouldBe(1);
        Names(await ListAsync(endpoint, "high", false)).ShouldBe(["high/2"]);
        (await DescribeAsync(endpoint, Prefix + "high")).Latest.ShouldBe(true);
        (await endpoint.ScalingAsync("high")).AutoScalingConfigurationRevision.ShouldBe(3);
    }

    [Fact]
    public async Task DeleteAllRevisions_deletes_all_and_the_next_revision_is_1()
    {
        using var endpoint = new TestEndpoint();
        await endpoint.ScalingAsync("high");
        var last = await endpoint.ScalingAsync("high");
        foreach (var arn in new[] { last.AutoScalingConfigurationArn!, Prefix + "high/2" })
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, arn, all: true), "must end with the configuration's name");
        (await ListAsync(endpoint, "high", false)).Count.ShouldBe(2);

        var deleted = await DeleteAsync(endpoint, Prefix + "high", all: true);
        (deleted.AutoScalingConfigurationArn, deleted.Status).ShouldBe((last.AutoScalingConfigurationArn, "INACTIVE"));
        (await ListAsync(endpoint, "high", false)).ShouldBeEmpty();
        await NotFound(() => DescribeAsync(endpoint, Prefix + "high"));
        (await endpoint.ScalingAsync("high")).AutoScalingConfigurationRevision.ShouldBe(1);
        (await DescribeAsync(endpoint, Prefix + "high/1")).Status.ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task The_default_cannot_be_deleted_and_DeleteAllRevisions_then_deletes_none()
    {
        using var endpoint = new TestEndpoint();
        var second = await endpoint.ScalingAsync("DefaultConfiguration");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, DefaultArn), "because it is the default");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, Prefix + "DefaultConfiguration", all: true), "because it is the default");
        (await ListAsync(endpoint, latestOnly: false)).Count.ShouldBe(2);

        await MakeDefaultAsync(endpoint, second.AutoScalingConfigurationArn!);
        (await DeleteAsync(endpoint, DefaultArn)).Status.ShouldBe("INACTIVE");
    }

    [Fact]
    public async Task A_configuration_in_use_cannot_be_deleted_before_its_service()
    {
        using var endpoint = new TestEndpoint();
        var free = await endpoint.ScalingAsync("high");
        var used = await endpoint.ScalingAsync("high");
        var service = await endpoint.RunningServiceAsync(Using(used));
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, used.AutoScalingConfigurationArn!), "1 service uses it");
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, Prefix + "high", all: true), "1 service uses it");
        (await DescribeAsync(endpoint, free.AutoScalingConfigurationArn!)).Status.ShouldBe("ACTIVE");

        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, used.AutoScalingConfigurationArn!), "1 service uses it");
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await DeleteAsync(endpoint, Prefix + "high", all: true)).Status.ShouldBe("INACTIVE");
        (await endpoint.DescribeAsync(service)).AutoScalingConfigurationSummary!.Status.ShouldBe("INACTIVE");
    }

    [Theory]
    [InlineData(OperationStatus.Succeeded, false, true)]
    [InlineData(OperationStatus.Failed, true, false)]
    [InlineData(OperationStatus.RollbackSucceeded, true, false)]
    [InlineData(OperationStatus.RollbackFailed, false, true)]
    public async Task During_an_update_the_old_and_the_new_configuration_are_in_use(string outcome, bool oldUsed, bool newUsed)
    {
        using var endpoint = new TestEndpoint();
        var (before, after) = (await endpoint.ScalingAsync("before"), await endpoint.ScalingAsync("after"));
        var service = await endpoint.RunningServiceAsync(Using(before));
        endpoint.Endpoint.SetNextOutcome(outcome, OperationType.UpdateService);
        var updating = (await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, AutoScalingConfigurationArn = after.AutoScalingConfigurationArn })).Service!;
        (updating.AutoScalingConfigurationSummary!.AutoScalingConfigurationName, updating.AutoScalingConfigurationSummary.HasAssociatedService).ShouldBe(("after", true));
        foreach (var held in new[] { before, after })
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => DeleteAsync(endpoint, held.AutoScalingConfigurationArn!), "1 service uses it");

        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await IsUsed(before), await IsUsed(after)).ShouldBe((oldUsed, newUsed));
        (await endpoint.DescribeAsync(service)).AutoScalingConfigurationSummary!.AutoScalingConfigurationName.ShouldBe(newUsed ? "after" : "before");

        async Task<bool?> IsUsed(AutoScalingConfiguration configuration)
        {
            var shown = (await ListAsync(endpoint, configuration.AutoScalingConfigurationName)).Single().HasAssociatedService;
            (await DescribeAsync(endpoint, configuration.AutoScalingConfigurationArn!)).HasAssociatedService.ShouldBe(shown);
            (await UsersAsync(endpoint, configuration.AutoScalingConfigurationArn!)).ShouldBe(shown == true ? [service.ServiceArn!] : []);
            return shown;
        }
    }

    [Fact]
    public async Task A_new_default_applies_to_new_services_only()
    {
        using var endpoint = new TestEndpoint();
        var old = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web1"));
        await endpoint.ScalingAsync("high");
        var latest = await endpoint.ScalingAsync("high");
        var response = await MakeDefaultAsync(endpoint, Prefix + "high");
        (response.AutoScalingConfigurationArn, response.IsDefault).ShouldBe((latest.AutoScalingConfigurationArn, true));
        (await ListAsync(endpoint, latestOnly: false)).Where(configuration => configuration.IsDefault == true).Select(configuration => configuration.ToString()).ShouldBe(["high/2"]);

        var young = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        (young.AutoScalingConfigurationSummary!.ToString(), young.AutoScalingConfigurationSummary.IsDefault).ShouldBe(("high/2", true));
        old = await endpoint.DescribeAsync(old);
        (old.AutoScalingConfigurationSummary!.ToString(), old.AutoScalingConfigurationSummary.IsDefault).ShouldBe(("DefaultConfiguration/1", false));
        (await MakeDefaultAsync(endpoint, Prefix + "high")).IsDefault.ShouldBe(true);
    }

    [Fact]
    public async Task ListServicesForAutoScalingConfiguration_is_paged_in_creation_order()
    {
        using var endpoint = new TestEndpoint(options => options.ServiceQuota = 1000);
        var scaling = await endpoint.ScalingAsync("high");
        var services = new List<Service>();
        for (var i = 0; i < 105; i++)
        {
            await endpoint.SendAsync(TestEndpoint.NewService($"other-{i}"));
            services.Add((await endpoint.SendAsync(Using(scaling, $"web-{i}"))).Service!);
        }

        endpoint.Clock.Advance(TestEndpoint.Duration);
        var request = new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = Prefix + "high" };
        var first = await endpoint.SendAsync(request);
        first.ServiceArnList!.ShouldBe(services.Take(100).Select(service => service.ServiceArn!));

        // Delete one service of the first page and one of the rest: the next page neither skips nor repeats one.
        foreach (var gone in new[] { services[3], services[102] })
            await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = gone.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        request.NextToken = first.NextToken;
        var second = await endpoint.SendAsync(request);
        second.ServiceArnList!.ShouldBe(services.Skip(100).Where((_, i) => i != 2).Select(service => service.ServiceArn!));
        second.NextToken.ShouldBeNull();

        request.AutoScalingConfigurationArn = DefaultArn;
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(request), "NextToken");
    }

    [Fact]
    public async Task The_status_is_sent_in_lower_case_as_by_AWS()
    {
        using var endpoint = new TestEndpoint();
        var scaling = await endpoint.ScalingAsync("high");
        var describe = new Call { Target = "AppRunner.DescribeAutoScalingConfiguration", Body = $$"""{"AutoScalingConfigurationArn":"{{scaling.AutoScalingConfigurationArn}}"}""" };
        (await endpoint.SendAsync(describe)).Body.ShouldContain("\"Status\":\"active\"", Case.Sensitive);
        await DeleteAsync(endpoint, Prefix + "high");
        (await endpoint.SendAsync(describe)).Body.ShouldContain("\"Status\":\"inactive\"", Case.Sensitive);
    }

    [Fact]
    public async Task A_service_with_a_partial_ARN_keeps_the_revision()
    {
        using var endpoint = new TestEndpoint();
        var scaling = await endpoint.ScalingAsync("high");
        var request = TestEndpoint.NewService();
        request.AutoScalingConfigurationArn = Prefix + "high";
        var service = await endpoint.RunningServiceAsync(request);
        await endpoint.ScalingAsync("high");
        await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new() });
        service = await endpoint.DescribeAsync(service);
        service.AutoScalingConfigurationSummary!.AutoScalingConfigurationArn.ShouldBe(scaling.AutoScalingConfigurationArn);
    }

    [Fact]
    public async Task A_service_cannot_use_an_unknown_or_deleted_configuration()
    {
        using var endpoint = new TestEndpoint();
        var gone = (await endpoint.ScalingAsync("gone")).AutoScalingConfigurationArn!;
        await DeleteAsync(endpoint, gone);
        var elsewhere = (await endpoint.ScalingAsync("else", region: "eu-west-1")).AutoScalingConfigurationArn!;
        var service = await endpoint.RunningServiceAsync(TestEndpoint.NewService("web1"));
        foreach (var arn in new[] { gone, elsewhere, Prefix + "gone", Prefix + "gone/1", Prefix + "DefaultConfiguration/2", Prefix + "DefaultConfiguration/01", Prefix + "defaultconfiguration", DefaultArn + "0" })
        {
            var request = TestEndpoint.NewService("web2");
            request.AutoScalingConfigurationArn = arn;
            await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(request), "AutoScalingConfigurationArn: there is no active resource with this ARN");
            await ServiceLifecycleTests.Refused<InvalidRequestException>(
                () => endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, AutoScalingConfigurationArn = arn }), "AutoScalingConfigurationArn: there is no active resource with this ARN");
        }

        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.Count.ShouldBe(1);
        (await endpoint.OperationsAsync(service)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_ARN_is_ResourceNotFoundException_in_all_operations()
    {
        using var endpoint = new TestEndpoint();
        var gone = (await endpoint.ScalingAsync("gone")).AutoScalingConfigurationArn!;
        await DeleteAsync(endpoint, gone);
        foreach (var arn in new[] { Prefix + "none", Prefix + "gone", Prefix + "DefaultConfiguration/2", DefaultArn.Replace("us-east-1", "us-east-2"), DefaultArn.Replace("123456789012", "210987654321"), Prefix + "DefaultConfiguration/1/" })
        {
            await NotFound(() => DescribeAsync(endpoint, arn));
            await NotFound(() => DeleteAsync(endpoint, arn));
            await NotFound(() => MakeDefaultAsync(endpoint, arn));
            await NotFound(() => UsersAsync(endpoint, arn));
        }

        await NotFound(() => MakeDefaultAsync(endpoint, gone));
        await NotFound(() => UsersAsync(endpoint, gone));
        (await DescribeAsync(endpoint, DefaultArn)).IsDefault.ShouldBe(true);
    }

    [Fact]
    public async Task The_quota_is_ten_names_with_five_revisions_per_region()
    {
        using var endpoint = new TestEndpoint();
        for (var i = 2; i <= 10; i++)
            await endpoint.ScalingAsync($"name-{i}");
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(() => endpoint.ScalingAsync("name-11"), "the account holds 10 names in us-east-1, and 10 are allowed");
        for (var i = 2; i <= 5; i++)
            await endpoint.ScalingAsync("name-2");
        await ServiceLifecycleTests.Refused<ServiceQuotaExceededException>(() => endpoint.ScalingAsync("name-2"), "name-2 has 5 active revisions in us-east-1, and 5 are allowed");
        (await ListAsync(endpoint, latestOnly: false)).Count.ShouldBe(14);

        await DeleteAsync(endpoint, Prefix + "name-2/3");
        (await endpoint.ScalingAsync("name-2")).AutoScalingConfigurationRevision.ShouldBe(6);
        await DeleteAsync(endpoint, Prefix + "name-3");
        await endpoint.ScalingAsync("name-11");
        await endpoint.ScalingAsync("name-3", region: "eu-west-1");
    }

    [Fact]
    public async Task Regions_are_independent_and_names_are_case_sensitive()
    {
        using var endpoint = new TestEndpoint();
        var scaling = await endpoint.ScalingAsync("high");
        (await endpoint.ScalingAsync("High")).AutoScalingConfigurationRevision.ShouldBe(1);
        var other = await endpoint.ScalingAsync("high", region: "eu-west-1");
        other.AutoScalingConfigurationRevision.ShouldBe(1);
        other.AutoScalingConfigurationArn!.ShouldStartWith("arn:aws:apprunner:eu-west-1:");
        await NotFound(() => endpoint.SendAsync(new DescribeAutoScalingConfigurationRequest { AutoScalingConfigurationArn = scaling.AutoScalingConfigurationArn }, "eu-west-1"));
        await MakeDefaultAsync(endpoint, scaling.AutoScalingConfigurationArn!);
        (await endpoint.SendAsync(new ListAutoScalingConfigurationsRequest(), "eu-west-1")).AutoScalingConfigurationSummaryList!.Select(one => one.IsDefault).ShouldBe([true, false]);
    }

    private static CreateServiceRequest Using(AutoScalingConfiguration configuration, string name = "web1")
    {
        var request = TestEndpoint.NewService(name);
        request.AutoScalingConfigurationArn = configuration.AutoScalingConfigurationArn;
        return request;
    }

    private static IEnumerable<string> Names(IEnumerable<AutoScalingConfigurationSummary> configurations) => configurations.Select(configuration => configuration.ToString());

    private static async Task<List<AutoScalingConfigurationSummary>> ListAsync(TestEndpoint endpoint, string? name = null, bool? latestOnly = null) =>
        (await endpoint.SendAsync(new ListAutoScalingConfigurationsRequest { AutoScalingConfigurationName = name, LatestOnly = latestOnly })).AutoScalingConfigurationSummaryList!;

    private static async Task<AutoScalingConfiguration> DescribeAsync(TestEndpoint endpoint, string arn) =>
        (await endpoint.SendAsync(new DescribeAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn })).AutoScalingConfiguration!;

    private static async Task<AutoScalingConfiguration> DeleteAsync(TestEndpoint endpoint, string arn, bool? all = null) =>
        (await endpoint.SendAsync(new DeleteAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn, DeleteAllRevisions = all })).AutoScalingConfiguration!;

    private static async Task<AutoScalingConfiguration> MakeDefaultAsync(TestEndpoint endpoint, string arn) =>
        (await endpoint.SendAsync(new UpdateDefaultAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn })).AutoScalingConfiguration!;

    private static async Task<List<string>> UsersAsync(TestEndpoint endpoint, string arn) =>
        (await endpoint.SendAsync(new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn })).ServiceArnList!;

    private static Task<ResourceNotFoundException> NotFound(Func<Task> call) => ServiceLifecycleTests.Refused<ResourceNotFoundException>(call, "Auto scaling configuration with the provided ARN could not be found");
}
