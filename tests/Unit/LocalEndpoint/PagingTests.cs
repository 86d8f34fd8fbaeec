using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class PagingTests
{
    [Fact]
    public async Task ListServices_has_20_entries_per_page_in_creation_order()
    {
        using var endpoint = await With(45);
        var pages = await Pages(endpoint, null);
        pages.Select(page => page.Count).ShouldBe([20, 20, 5]);
        pages.SelectMany(page => page).ShouldBe(Enumerable.Range(1, 45).Select(Name));
    }

    [Fact]
    public async Task A_full_last_page_has_no_NextToken()
    {
        using var endpoint = await With(10);
        var pages = await Pages(endpoint, 5);
        pages.Select(page => page.Count).ShouldBe([5, 5]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    public async Task MaxResults_must_be_1_to_20(int most)
    {
        using var endpoint = new TestEndpoint();
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(new ListServicesRequest { MaxResults = most }), "MaxResults");
    }

    [Fact]
    public async Task Pages_neither_skip_nor_repeat_services_while_others_are_created_and_deleted()
    {
        using var endpoint = await With(9);
        var first = await endpoint.SendAsync(new ListServicesRequest { MaxResults = 3 });
        var all = (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!;
        foreach (var service in new[] { all[2], all[0], all[6] })
            await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await endpoint.SendAsync(TestEndpoint.NewService("late"));
        var rest = await Pages(endpoint, 3, first.NextToken);
        rest.SelectMany(page => page).ShouldBe([Name(4), Name(5), Name(6), Name(8), Name(9), "late"]);
    }

    [Fact]
    public async Task ListOperations_is_newest_first_and_not_paged_by_default()
    {
        using var endpoint = new TestEndpoint();
        var service = await endpoint.RunningServiceAsync();
        for (var i = 0; i < 24; i++)
        {
            await endpoint.SendAsync(new StartDeploymentRequest { ServiceArn = service.ServiceArn });
            endpoint.Clock.Advance(TestEndpoint.Duration);
        }

        var all = await endpoint.OperationsAsync(service);
        all.Count.ShouldBe(25);
        all[24].Type.ShouldBe(OperationType.CreateService);
        all.Zip(all.Skip(1)).ShouldAllBe(pair => pair.First.StartedAt > pair.Second.StartedAt);

        var paged = new List<Operation>();
        string? token = null;
        do
        {
            var page = await endpoint.SendAsync(new ListOperationsRequest { ServiceArn = service.ServiceArn, MaxResults = 10, NextToken = token });
            paged.AddRange(page.OperationSummaryList!);
            token = page.NextToken;

            // A new operation between two pages does not shift them.
            await endpoint.SendAsync(new StartDeploymentRequest { ServiceArn = service.ServiceArn });
            endpoint.Clock.Advance(TestEndpoint.Duration);
        }
        while (token is not null);
        paged.Select(operation => operation.Id).ShouldBe(all.Select(operation => operation.Id));
    }

    [Fact]
    public async Task A_NextToken_is_valid_for_its_list_only()
    {
        using var endpoint = await With(2);
        using var other = await With(2);
        var token = (await endpoint.SendAsync(new ListServicesRequest { MaxResults = 1 })).NextToken!;
        await Refused(() => other.SendAsync(new ListServicesRequest { NextToken = token }));
        await Refused(() => endpoint.SendAsync(new ListServicesRequest { NextToken = token }, "eu-west-1"));
        var service = (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList![0];
        await Refused(() => endpoint.SendAsync(new ListOperationsRequest { ServiceArn = service.ServiceArn, NextToken = token }));
        (await endpoint.SendAsync(new ListServicesRequest { NextToken = token })).ServiceSummaryList!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_modified_NextToken_is_rejected()
    {
        using var endpoint = await With(2);
        var token = (await endpoint.SendAsync(new ListServicesRequest { MaxResults = 1 })).NextToken!;
        await Refused(() => endpoint.SendAsync(new ListServicesRequest { NextToken = token + "=" }));
        await Refused(() => endpoint.SendAsync(new ListServicesRequest { NextToken = (token[0] == 'A' ? 'B' : 'A') + token[1..] }));
        await Gen.String[1, 40].SampleAsync(garbage => Refused(() => endpoint.SendAsync(new ListServicesRequest { NextToken = garbage.Replace('\ud800', 'x') })), iter: 100);
    }

    private static string Name(int number) => $"web-{number:d5}";

    private static async Task<TestEndpoint> With(int services)
    {
        var endpoint = new TestEndpoint(options => options.ServiceQuota = 1000);
        for (var i = 1; i <= services; i++)
            await endpoint.SendAsync(TestEndpoint.NewService(Name(i)));
        endpoint.Clock.Advance(TestEndpoint.Duration);
        return endpoint;
    }

    private static async Task<List<List<string>>> Pages(TestEndpoint endpoint, int? most, string? token = null)
    {
        var pages = new List<List<string>>();
        do
        {
            var page = await endpoint.SendAsync(new ListServicesRequest { MaxResults = most, NextToken = token });
            pages.Add(page.ServiceSummaryList!.Select(service => service.ServiceName!).ToList());
            token = page.NextToken;
        }
        while (token is not null);
        return pages;
    }

    private static Task<InvalidRequestException> Refused(Func<Task> call) => ServiceLifecycleTests.Refused<InvalidRequestException>(call, "NextToken");
}
