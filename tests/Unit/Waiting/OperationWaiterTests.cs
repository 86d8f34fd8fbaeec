using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Waiting;
using AppRunner.Unit.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Waiting;

public class OperationWaiterTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly FakeClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_waits_poll_each_service_once_per_interval_and_end_within_one_interval()
    {
        var random = new Random(7);
        var start = clock.UtcNow;
        var ends = Enumerable.Range(0, 500).ToDictionary(ArnOf, _ => start + TimeSpan.FromSeconds(1 + (random.NextDouble() * 50)));
        var polls = new ConcurrentDictionary<string, List<DateTime>>();
        var client = new FakeClient(request =>
        {
            if (request is not ListOperationsRequest list)
                return Described(request);
            polls.GetOrAdd(list.ServiceArn!, _ => []).Add(clock.UtcNow);
            return Listed(Running("op", clock.UtcNow >= ends[list.ServiceArn!] ? OperationStatus.Succeeded : OperationStatus.InProgress));
        });
        using var waiter = new OperationWaiter(clock, new WaitOptions { PollInterval = Interval });

        var waits = ends.Keys.ToDictionary(arn => arn, arn => waiter.WaitAsync(client, new AwaitedOperation(arn, "op"), Token));
        var ended = new Dictionary<string, DateTime>();
        while (ended.Count < waits.Count)
        {
            WaitUntilIdle([.. waits.Values]);
            foreach (var (arn, _) in waits.Where(wait => wait.Value.IsCompleted && !ended.ContainsKey(wait.Key)))
                ended[arn] = clock.UtcNow;
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        foreach (var (arn, times) in polls)
        {
            times.Zip(times.Skip(1), (one, next) => next - one).ShouldAllBe(pause => pause >= Interval);
            (ended[arn] - ends[arn]).ShouldBeLessThanOrEqualTo(Interval + TimeSpan.FromMilliseconds(100));
        }

        // The polls are spread over the interval, not sent all at once.
        polls.Values.GroupBy(times => times[0]).Max(group => group.Count()).ShouldBeLessThan(100);
    }

    [Fact]
    public async Task Waits_for_one_service_share_its_polls()
    {
        var client = new FakeClient(request => request is ListOperationsRequest
            ? Listed(Running("two", clock.UtcNow >= Start(20) ? OperationStatus.Succeeded : OperationStatus.InProgress), Running("one", clock.UtcNow >= Start(10) ? OperationStatus.Succeeded : OperationStatus.InProgress))
            : Described(request));
        using var waiter = new OperationWaiter(clock, new WaitOptions { PollInterval = Interval });

        var first = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);
        await clock.DelaysAsync(1, Token);
        var second = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "two"), Token);
        for (var step = 0; step < 4; step++)
        {
            clock.Advance(Interval);
            WaitUntilIdle(second);
        }

        (await first).Service.OperationId.ShouldBe("one");
        (await second).Service.OperationId.ShouldBe("two");
        client.CountOf<ListOperationsRequest>().ShouldBe(5);
    }

    [Fact]
    public async Task A_cancelled_wait_does_not_cancel_the_others()
    {
        var client = new FakeClient(request => request is ListOperationsRequest
            ? Listed(Running("one", clock.UtcNow >= Start(10) ? OperationStatus.Succeeded : OperationStatus.InProgress))
            : Described(request));
        using var waiter = new OperationWaiter(clock, new WaitOptions { PollInterval = Interval });
        using var cancellation = new CancellationTokenSource();

        var cancelled = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), cancellation.Token);
        await clock.DelaysAsync(1, Token);
        var remaining = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        for (var step = 0; step < 3; step++)
        {
            WaitUntilIdle(remaining);
            clock.Advance(Interval);
        }

        (await remaining.WaitAsync(TimeSpan.FromSeconds(20), Token)).Service.OperationId.ShouldBe("one");
    }

    [Fact]
    public async Task The_poll_interval_is_five_seconds_in_the_first_minute_and_ten_later()
    {
        var client = new FakeClient(_ => Listed(Running("one", OperationStatus.InProgress)));
        using var waiter = new OperationWaiter(clock, new WaitOptions { Timeout = TimeSpan.FromSeconds(120) });

        var wait = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);
        await AdvanceUntilEndedAsync(wait);

        await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        // At 0, 5 ... 60, 70 ... 120.
        client.CountOf<ListOperationsRequest>().ShouldBe(13 + 6);
    }

    [Fact]
    public async Task An_operation_is_missing_after_MaxMissingPolls()
    {
        var client = new FakeClient(_ => Listed(Running("other", OperationStatus.InProgress)));
        using var waiter = new OperationWaiter(clock, new WaitOptions());

        var wait = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);
        await AdvanceUntilEndedAsync(wait);

        (await Should.ThrowAsync<ResourceNotFoundException>(() => wait)).ErrorId.ShouldBe(ErrorIds.ResourceNotFound);
        client.CountOf<ListOperationsRequest>().ShouldBe(Poll.MaxMissingPolls);
    }

    [Fact]
    public async Task Transient_errors_are_ignored_and_the_last_one_is_in_the_timeout_message()
    {
        var client = new FakeClient(_ => new NetworkException("no connection", mayHaveArrived: false));
        using var waiter = new OperationWaiter(clock, new WaitOptions { Timeout = TimeSpan.FromSeconds(20) });

        var wait = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);
        await AdvanceUntilEndedAsync(wait);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        error.InnerException.ShouldBeOfType<NetworkException>();
        error.RecommendedAction.ShouldBe($"Wait again: Wait-AROperation -Service '{ArnOf(1)}' -OperationId one");
    }

    [Fact]
    public async Task MaxTransientFailures_in_a_row_end_the_wait()
    {
        var client = new FakeClient(_ => new NetworkException("no connection", mayHaveArrived: false));
        using var waiter = new OperationWaiter(clock, new WaitOptions());

        var wait = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);
        await AdvanceUntilEndedAsync(wait);

        await Should.ThrowAsync<NetworkException>(() => wait);
        client.Requests.Count.ShouldBe(Poll.MaxTransientFailures);
    }

    [Fact]
    public async Task A_non_transient_error_ends_the_wait_at_once()
    {
        var client = new FakeClient(_ => ServiceErrors.Create("AccessDeniedException", "no", 400, "id"));
        using var waiter = new OperationWaiter(clock, new WaitOptions());

        (await Should.ThrowAsync<AppRunnerServiceException>(() => waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token))).ErrorId.ShouldBe(ErrorIds.AccessDenied);
        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_timeout_is_exact_also_between_two_polls()
    {
        var client = new FakeClient(_ => Listed(Running("one", OperationStatus.InProgress)));
        using var waiter = new OperationWaiter(clock, new WaitOptions { Timeout = TimeSpan.FromSeconds(7) });

        var wait = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);
        await AdvanceUntilEndedAsync(wait);

        await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        clock.UtcNow.ShouldBe(Start(7));
    }

    [Theory]
    [InlineData(OperationStatus.Failed, ErrorIds.OperationFailed)]
    [InlineData(OperationStatus.RollbackFailed, ErrorIds.OperationFailed)]
    [InlineData(OperationStatus.RollbackSucceeded, ErrorIds.OperationRolledBack)]
    public async Task Only_the_operation_status_SUCCEEDED_is_success_whatever_the_services_status(string status, string errorId)
    {
        var client = new FakeClient(request => request is ListOperationsRequest ? Listed(Running("one", status)) : Described(request));
        using var waiter = new OperationWaiter(clock, new WaitOptions());

        var error = await Should.ThrowAsync<OperationFailedException>(() => waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token));

        error.ErrorId.ShouldBe(errorId);
        error.Service!.Status.ShouldBe(ServiceStatus.Running);
    }

    [Theory]
    [InlineData(OperationStatus.Failed, ErrorIds.OperationFailed)]
    [InlineData(OperationStatus.RollbackFailed, ErrorIds.OperationFailed)]
    [InlineData(OperationStatus.RollbackSucceeded, ErrorIds.OperationRolledBack)]
    public async Task The_result_of_an_operation_is_not_replaced_by_a_failure_to_read_the_service(string status, string errorId)
    {
        var client = new FakeClient(request => request is ListOperationsRequest ? Listed(Running("one", status)) : ServiceErrors.Create("ThrottlingException", "Rate exceeded.", 400, "id"));
        using var waiter = new OperationWaiter(clock, new WaitOptions());

        var error = await Should.ThrowAsync<OperationFailedException>(() => waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token));

        error.ErrorId.ShouldBe(errorId);
        error.Operation!.Status.ShouldBe(status);
        error.Service.ShouldBeNull();
        error.Message.ShouldContain("Rate exceeded.");
    }

    [Theory]
    [InlineData(OperationType.CreateService, ServiceStatus.Running)]
    [InlineData(OperationType.ResumeService, ServiceStatus.Running)]
    [InlineData(OperationType.StartDeployment, ServiceStatus.Running)]
    [InlineData(OperationType.PauseService, ServiceStatus.Paused)]
    [InlineData(OperationType.DeleteService, ServiceStatus.Deleted)]
    [InlineData(OperationType.UpdateService, null)]
    public async Task After_a_success_a_service_that_cannot_be_read_is_returned_as_far_as_it_is_known(string type, string? status)
    {
        var client = new FakeClient(request => request is ListOperationsRequest
            ? Listed(new Operation { Id = "one", Type = type, Status = OperationStatus.Succeeded })
            : ServiceErrors.Create("AccessDeniedException", "no", 400, "id"));
        using var waiter = new OperationWaiter(clock, new WaitOptions());
        var known = new Service { ServiceArn = ArnOf(1), ServiceName = "web1", ServiceUrl = "web1.example.com", Status = ServiceStatus.OperationInProgress };

        foreach (var started in new[] { known, null })
        {
            var ended = await waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one", Service: started), Token);

            ended.ReadFailure!.Message.ShouldBe("no");
            (ended.Service.ServiceArn, ended.Service.ServiceName, ended.Service.OperationId, ended.Service.Status).ShouldBe((ArnOf(1), "web1", "one", status));
            ended.Service.ServiceUrl.ShouldBe(started is null || type == OperationType.DeleteService ? null : "web1.example.com");
        }
    }

    [Theory]
    [InlineData(OperationStatus.Succeeded)]
    [InlineData(OperationStatus.RollbackSucceeded)]
    public async Task The_timeout_holds_for_reading_the_service_too(string status)
    {
        var silent = new SilentAfterTheList(Listed(Running("one", status)));
        using var waiter = new OperationWaiter(clock, new WaitOptions { Timeout = TimeSpan.Zero });

        var wait = waiter.WaitAsync(silent, new AwaitedOperation(ArnOf(1), "one"), Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        if (status == OperationStatus.Succeeded)
            (await wait).ReadFailure.ShouldBeOfType<NetworkException>();
        else
            (await Should.ThrowAsync<OperationFailedException>(() => wait)).ErrorId.ShouldBe(ErrorIds.OperationRolledBack);
    }

    [Theory]
    [InlineData(OperationType.DeleteService)]
    [InlineData(OperationType.UpdateService)]
    [InlineData(null)]
    public async Task A_service_that_is_not_found_is_the_end_of_its_deletion_and_an_error_for_any_other_operation(string? type)
    {
        var client = new FakeClient(_ => new ResourceNotFoundException("gone"));
        using var waiter = new OperationWaiter(clock, new WaitOptions());

        var wait = waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one", type), Token);

        if (type != OperationType.DeleteService)
        {
            (await Should.ThrowAsync<ResourceNotFoundException>(() => wait)).Message.ShouldBe("gone");
            return;
        }

        var ended = await wait;
        ended.ReadFailure.ShouldBeNull();
        (ended.Service.Status, ended.Service.ServiceName, ended.Service.OperationId).ShouldBe((ServiceStatus.Deleted, "web1", "one"));
    }

    [Fact]
    public async Task An_error_that_ends_a_wait_says_how_to_wait_again()
    {
        var client = new FakeClient(_ => ServiceErrors.Create("AccessDeniedException", "no", 400, "id"));
        using var waiter = new OperationWaiter(clock, new WaitOptions());

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token));

        error.Message.ShouldBe($"no The wait has ended, but the operation continues. To wait again: Wait-AROperation -Service '{ArnOf(1)}' -OperationId one");
    }

    [Fact]
    public async Task Each_wait_reports_its_completion_once()
    {
        var reports = new ConcurrentQueue<WaitProgress>();
        var client = new FakeClient(request => request is ListOperationsRequest ? Listed(Running("one", OperationStatus.Succeeded)) : Described(request));
        using var waiter = new OperationWaiter(clock, new WaitOptions(), reports.Enqueue);

        await waiter.WaitAsync(client, new AwaitedOperation(ArnOf(1), "one"), Token);

        reports.Count(report => report.HasEnded).ShouldBe(1);
        reports.Last().HasEnded.ShouldBeTrue();
    }

    private static string ArnOf(int number) => $"arn:aws:apprunner:eu-west-1:123456789012:service/web{number}/{number:x32}";

    private static Operation Running(string id, string status) => new() { Id = id, Type = OperationType.UpdateService, Status = status };

    private static ListOperationsResponse Listed(params Operation[] operations) => new() { OperationSummaryList = [.. operations] };

    private static DescribeServiceResponse Described(AppRunnerRequest request) =>
        new() { Service = new Service { ServiceArn = ((IServiceArnRequest)request).ServiceArn, ServiceName = "web", Status = ServiceStatus.Running } };

    private static DateTime Start(double seconds) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(seconds);

    // When all is idle, each open wait for a separate service has one pending delay.
    private void WaitUntilIdle(params Task<EndedOperation>[] waits) =>
        SpinWait.SpinUntil(() => clock.PendingDelays + waits.Count(wait => wait.IsCompleted) >= waits.Length, TimeSpan.FromSeconds(20)).ShouldBeTrue();

    private Task AdvanceUntilEndedAsync(Task<EndedOperation> wait) => Task.Run(() =>
    {
        WaitUntilIdle(wait);
        while (!wait.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            WaitUntilIdle(wait);
        }
    });

    // Answers ListOperations, and nothing else.
    private sealed class SilentAfterTheList(ListOperationsResponse list) : IAppRunnerClient
    {
        public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
            where TResponse : AppRunnerResponse
        {
            if (request is not ListOperationsRequest)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return (TResponse)(AppRunnerResponse)list;
        }
    }
}
