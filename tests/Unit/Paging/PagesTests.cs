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
    public async Task Ten_thousand_services_are_read_with_one_page_in_hand()
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

                    // What was taken is held by nobody, but perhaps the page at hand and the one before.
                    pages.Count(reference => reference?.IsAlive == true).ShouldBeLessThanOrEqualTo(3);
                }

                return true;
            },
            Token);

        services.ShouldBe(10_000);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task The_next_page_is_not_asked_for_when_the_reader_has_enough()
    {
        var client = new FakeClient(_ => new ListServicesResponse { ServiceSummaryList = [], NextToken = "more" });

        await Pages.ReadAsync(client, new ListServicesRequest(), _ => Task.FromResult(false), Token);

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_repeats_its_token_does_not_keep_the_reader_for_ever()
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
    public async Task An_empty_token_ends_the_list(string? token)
    {
        var client = new FakeClient(_ => new ListServicesResponse { ServiceSummaryList = [], NextToken = token });

        await Pages.ReadAsync(client, new ListServicesRequest(), _ => Task.FromResult(true), Token);

        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_page_is_not_the_end()
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
