using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Waiting;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Waiting;

public class StateWaiterTests
{
    private const string Arn = "arn:aws:apprunner:eu-west-1:123456789012:vpcingressconnection/inside/8fe1e10304f84fd2b0df550fe98a71fa";

    private readonly FakeClock clock = new();
    private readonly ConcurrentQueue<WaitProgress> reports = new();
    private int polls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_wait_returns_the_resource_when_it_reaches_the_state()
    {
        var wait = Wait(_ => Seconds < 8 ? "PENDING" : "AVAILABLE");

        await AdvanceUntilEndedAsync(wait);

        (await wait)!.Status.ShouldBe("AVAILABLE");
        Seconds.ShouldBeInRange(9, 12);
        polls.ShouldBe(3);
    }

    [Fact]
    public async Task A_state_that_is_already_reached_needs_one_poll()
    {
        (await Wait(_ => "AVAILABLE"))!.Status.ShouldBe("AVAILABLE");

        polls.ShouldBe(1);
        Seconds.ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_for_deletion_returns_null_when_the_resource_is_deleted()
    {
        var wait = Wait(_ => Seconds < 7 ? "DELETING" : null, isReached: now => now is null);

        await AdvanceUntilEndedAsync(wait);

        (await wait).ShouldBeNull();
    }

    [Fact]
    public async Task A_resource_that_is_deleted_during_another_wait_is_an_error()
    {
        var wait = Wait(_ => null);

        await AdvanceUntilEndedAsync(wait);

        var error = await Should.ThrowAsync<OperationFailedException>(() => wait);
        error.Message.ShouldBe("VPC ingress connection \"inside\" is not found.");
        polls.ShouldBe(12);
        error.Resource.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_resource_may_be_missing_from_the_first_polls()
    {
        var wait = Wait(poll => poll < 4 ? null : "AVAILABLE");

        await AdvanceUntilEndedAsync(wait);

        (await wait)!.Status.ShouldBe("AVAILABLE");
    }

    [Fact]
    public async Task A_failed_state_is_an_error_that_carries_the_resource()
    {
        var error = await Should.ThrowAsync<OperationFailedException>(() => Wait(_ => "FAILED"));

        error.ErrorId.ShouldBe(ErrorIds.OperationFailed);
        error.Message.ShouldBe("VPC ingress connection \"inside\" is FAILED.");
        error.RecommendedAction.ShouldNotBeNullOrEmpty();
        error.Resource.ShouldBeOfType<Thing>().Status.ShouldBe("FAILED");
    }

    [Fact]
    public async Task The_poll_interval_is_five_seconds_in_the_first_minute_and_ten_later_with_ten_percent_jitter()
    {
        var times = new List<double>();
        var wait = Wait(
            _ =>
            {
                times.Add(Seconds);
                return "PENDING";
            },
            new WaitOptions { Timeout = TimeSpan.FromSeconds(300) });

        await AdvanceUntilEndedAsync(wait, TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        var pauses = times.Zip(times.Skip(1), (one, next) => (At: one, Pause: next - one)).SkipLast(1).ToArray();
        pauses.Where(pause => pause.At < 60).ShouldAllBe(pause => pause.Pause >= 4.4 && pause.Pause <= 5.7);
        pauses.Where(pause => pause.At >= 60).ShouldAllBe(pause => pause.Pause >= 8.9 && pause.Pause <= 11.2);

        // The intervals differ: waits that started together must not poll at the same moments for ever.
        pauses.Select(pause => Math.Round(pause.Pause, 1)).Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task The_timeout_is_exact_and_its_error_says_what_to_do()
    {
        var wait = Wait(_ => "PENDING", new WaitOptions { Timeout = TimeSpan.FromSeconds(7) });

        await AdvanceUntilEndedAsync(wait);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        Seconds.ShouldBe(7);
        error.Message.ShouldBe("VPC ingress connection \"inside\" is still PENDING after 7 s. The wait timed out; the change continues.");
        error.RecommendedAction.ShouldBe("Run the Get cmdlet.");
        error.InnerException.ShouldBeNull();
    }

    [Fact]
    public async Task A_zero_timeout_polls_once()
    {
        await Should.ThrowAsync<WaitTimeoutException>(() => Wait(_ => "PENDING", new WaitOptions { Timeout = TimeSpan.Zero }));
        (await Wait(_ => "AVAILABLE", new WaitOptions { Timeout = TimeSpan.Zero }))!.Status.ShouldBe("AVAILABLE");

        polls.ShouldBe(2);
    }

    [Fact]
    public async Task A_timeout_of_centuries_does_not_overflow()
    {
        (await Wait(_ => "AVAILABLE", new WaitOptions { Timeout = TimeSpan.MaxValue }))!.Status.ShouldBe("AVAILABLE");
    }

    [Fact]
    public async Task Transient_errors_are_ignored_and_the_last_one_is_in_the_timeout_message()
    {
        var wait = Wait(_ => throw new NetworkException("no connection", mayHaveArrived: false), new WaitOptions { Timeout = TimeSpan.FromSeconds(20) });

        await AdvanceUntilEndedAsync(wait);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        error.InnerException.ShouldBeOfType<NetworkException>();
        error.Message.ShouldStartWith("The state of VPC ingress connection \"inside\" is still unknown after 20 s.");
    }

    [Fact]
    public async Task A_successful_poll_resets_the_count_of_transient_errors()
    {
        var wait = Wait(poll => poll is 5 ? "PENDING" : throw new NetworkException("no connection", mayHaveArrived: false));

        await AdvanceUntilEndedAsync(wait);

        await Should.ThrowAsync<NetworkException>(() => wait);
        polls.ShouldBe(5 + Poll.MaxTransientFailures);
    }

    [Fact]
    public async Task A_non_transient_error_ends_the_wait_at_once()
    {
        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => Wait(_ => throw ServiceErrors.Create("AccessDeniedException", "no", 400, "id")));

        error.ErrorId.ShouldBe(ErrorIds.AccessDenied);
        polls.ShouldBe(1);
    }

    [Fact]
    public async Task An_unresponsive_server_does_not_extend_a_wait_beyond_its_timeout()
    {
        var wait = new StateWaiter(SystemClock.Instance, new WaitOptions { Timeout = TimeSpan.FromMilliseconds(50) }).WaitAsync(
            WaitFor(async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return null;
            }),
            Token);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait.WaitAsync(TimeSpan.FromSeconds(20), Token));
        error.InnerException.ShouldBeOfType<NetworkException>();
    }

    [Fact]
    public async Task A_cancelled_wait_ends_at_once_and_the_others_continue()
    {
        using var cancellation = new CancellationTokenSource();
        var waiter = new StateWaiter(clock, new WaitOptions());
        var cancelled = waiter.WaitAsync(WaitFor(_ => Task.FromResult<Thing?>(new Thing("PENDING"))), cancellation.Token);
        var remaining = waiter.WaitAsync(WaitFor(_ => Task.FromResult<Thing?>(new Thing(Seconds < 10 ? "PENDING" : "AVAILABLE"))), Token);
        await clock.DelaysAsync(2, Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        await AdvanceUntilEndedAsync(remaining);
        (await remaining)!.Status.ShouldBe("AVAILABLE");
    }

    [Fact]
    public async Task Progress_reports_every_poll_and_the_completion_once()
    {
        var wait = Wait(_ => Seconds < 7 ? "PENDING" : "AVAILABLE");
        await AdvanceUntilEndedAsync(wait);

        reports.Select(report => report.Status).ShouldBe([null, "PENDING", "PENDING", "AVAILABLE", "AVAILABLE"]);
        reports.ShouldAllBe(report => report.ServiceArn == Arn && report.Type == "New-ARVpcIngressConnection" && report.OperationId == null);
        reports.Select(report => report.HasEnded).ShouldBe([false, false, false, false, true]);
    }

    [Fact]
    public async Task Progress_is_completed_after_an_error_too()
    {
        await Should.ThrowAsync<OperationFailedException>(() => Wait(_ => "FAILED"));

        reports.Count(report => report.HasEnded).ShouldBe(1);
        reports.Last().HasEnded.ShouldBeTrue();
    }

    private double Seconds => (clock.UtcNow - new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;

    private Task<Thing?> Wait(Func<int, string?> statusAt, WaitOptions? options = null, Func<Thing?, bool>? isReached = null) => new StateWaiter(clock, options ?? new WaitOptions(), reports.Enqueue).WaitAsync(
        WaitFor(_ => Task.FromResult(statusAt(++polls) is { } status ? new Thing(status) : null), isReached), Token);

    private static StateWait<Thing> WaitFor(Func<CancellationToken, Task<Thing?>> read, Func<Thing?, bool>? isReached = null) => new(
        Arn, "New-ARVpcIngressConnection", "VPC ingress connection \"inside\"", read, now => now.Status, isReached ?? (now => now?.Status == "AVAILABLE"), now => now.Status == "FAILED", "Run the Get cmdlet.");

    private Task AdvanceUntilEndedAsync(Task wait, TimeSpan? step = null) => Task.Run(() =>
    {
        while (true)
        {
            SpinWait.SpinUntil(() => clock.PendingDelays > 0 || wait.IsCompleted, TimeSpan.FromSeconds(20)).ShouldBeTrue();
            if (wait.IsCompleted)
                return;
            clock.Advance(step ?? TimeSpan.FromSeconds(1));
        }
    });

    private sealed record Thing(string Status);
}
