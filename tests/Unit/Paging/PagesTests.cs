using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Unit.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Paging;

public class PagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_services_are_paged_with_one_page_in_memory()
    {
        var made = 0;
        var taken = 0;
        var most = 0;
        var pages = new WeakReference[500];
        var client = new FakeClient(request =>
        {
            var number = int.Parse(((ListServicesRequest)request).NextToken ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            made++;
            most = Math.Max(most, made - taken);
            var page = new ListServicesResponse
            {
                ServiceSummaryList = [.. Enumerable.Range(number * 20, 20).Select(service => new ServiceSummary { ServiceName = "service" + service })],
                NextToken = number < 499 ? (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
            };
            pages[number] = new WeakReference(page.ServiceSummaryList);
            return page;
        });
        var services = 0;

        await Pages.ReadAsync(
            client,
            new ListServicesRequest(),
            async page =>
            {
                await Task.Yield();
                services += page.ServiceSummaryList!.Count;
                taken++;
                if (taken == 400)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();

                    // Pages that were written are released, except perhaps the current and the previous one.
                    pages.Count(reference => reference?.IsAlive == true).ShouldBeLessThanOrEqualTo(3);
                }

                return true;
            },
            Token);

        services.ShouldBe(10_000);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task The_next_page_is_not_requested_if_the_reader_stops()
    {
        var client = new FakeClient(_ => new ListServicesResponse { ServiceSummaryList = [], NextToken = "more" });

        await Pages.ReadAsync(client, new ListServicesRequest(), _ => Task.FromResult(false), Token);

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_NextToken_is_an_error()
    {
        var client = new FakeClient(_ => new ListServicesResponse { ServiceSummaryList = [], NextToken = "same", RequestId = "id" });

        var error = await Should.ThrowAsync<InternalServiceErrorException>(() => Pages.ReadAsync(client, new ListServicesRequest(), _ => Task.FromResult(true), Token));

        error.Message.ShouldContain("incomplete");
        error.RequestId.ShouldBe("id");
        client.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_empty_NextToken_ends_the_list(string? token)
    {
        var client = new FakeClient(_ => new ListServicesResponse { ServiceSummaryList = [], NextToken = token });

        await Pages.ReadAsync(client, new ListServicesRequest(), _ => Task.FromResult(true), Token);

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_page_with_a_NextToken_does_not_end_the_list()
    {
        var count = 0;
        var client = new FakeClient(_ => new ListServicesResponse { ServiceSummaryList = count++ == 0 ? [] : [new ServiceSummary { ServiceName = "last" }], NextToken = count == 1 ? "more" : null });
        var names = 0;

        await Pages.ReadAsync(
            client,
            new ListServicesRequest(),
            page =>
            {
                names += page.ServiceSummaryList!.Count;
                return Task.FromResult(true);
            },
            Token);

        names.ShouldBe(1);
    }
}
