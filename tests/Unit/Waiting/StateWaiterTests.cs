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
    private int looks;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_with_the_resource_as_it_is_when_its_state_has_come()
    {
        var wait = Wait(_ => Seconds < 8 ? "PENDING" : "AVAILABLE");

        await AdvanceUntilEndedAsync(wait);

        (await wait)!.Status.ShouldBe("AVAILABLE");
        Seconds.ShouldBeInRange(9, 12);
        looks.ShouldBe(3);
    }

    [Fact]
    public async Task What_has_come_already_is_told_at_the_first_look()
    {
        (await Wait(_ => "AVAILABLE"))!.Status.ShouldBe("AVAILABLE");

        looks.ShouldBe(1);
        Seconds.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_gone_is_null_where_that_was_waited_for()
    {
        var wait = Wait(_ => Seconds < 7 ? "DELETING" : null, hasCome: now => now is null);

        await AdvanceUntilEndedAsync(wait);

        (await wait).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_gone_and_was_not_to_go_is_a_failure()
    {
        var wait = Wait(_ => null);

        await AdvanceUntilEndedAsync(wait);

        var error = await Should.ThrowAsync<OperationFailedException>(() => wait);
        error.Message.ShouldBe("VPC ingress connection \"inside\" is not found.");
        looks.ShouldBe(12);
        error.Resource.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_new_may_be_missing_from_the_first_looks()
    {
        var wait = Wait(look => look < 4 ? null : "AVAILABLE");

        await AdvanceUntilEndedAsync(wait);

        (await wait)!.Status.ShouldBe("AVAILABLE");
    }

    [Fact]
    public async Task A_state_that_will_never_become_the_other_is_a_failure_with_the_resource_on_it()
    {
        var error = await Should.ThrowAsync<OperationFailedException>(() => Wait(_ => "FAILED"));

        error.ErrorId.ShouldBe(ErrorIds.OperationFailed);
        error.Message.ShouldBe("VPC ingress connection \"inside\" is FAILED.");
        error.RecommendedAction.ShouldNotBeNullOrEmpty();
        error.Resource.ShouldBeOfType<Thing>().Status.ShouldBe("FAILED");
    }

    [Fact]
    public async Task The_first_minute_is_looked_at_every_five_seconds_and_later_every_ten_give_or_take_a_tenth()
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

        // Not all the same: many waits that began together must not ask together for ever.
        pauses.Select(pause => Math.Round(pause.Pause, 1)).Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task The_time_out_is_met_to_the_moment_and_says_what_to_do()
    {
        var wait = Wait(_ => "PENDING", new WaitOptions { Timeout = TimeSpan.FromSeconds(7) });

        await AdvanceUntilEndedAsync(wait);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        Seconds.ShouldBe(7);
        error.Message.ShouldBe("VPC ingress connection \"inside\" is still PENDING after 7 s. The wait timed out; the change continues.");
        error.RecommendedAction.ShouldBe("Look again.");
        error.InnerException.ShouldBeNull();
    }

    [Fact]
    public async Task No_time_at_all_is_one_look()
    {
        await Should.ThrowAsync<WaitTimeoutException>(() => Wait(_ => "PENDING", new WaitOptions { Timeout = TimeSpan.Zero }));
        (await Wait(_ => "AVAILABLE", new WaitOptions { Timeout = TimeSpan.Zero }))!.Status.ShouldBe("AVAILABLE");

        looks.ShouldBe(2);
    }

    [Fact]
    public async Task A_time_out_of_centuries_is_for_ever()
    {
        (await Wait(_ => "AVAILABLE", new WaitOptions { Timeout = TimeSpan.MaxValue }))!.Status.ShouldBe("AVAILABLE");
    }

    [Fact]
    public async Task Passing_failures_are_put_up_with_and_the_last_one_is_told_at_the_time_out()
    {
        var wait = Wait(_ => throw new NetworkException("no connection", mayHaveArrived: false), new WaitOptions { Timeout = TimeSpan.FromSeconds(20) });

        await AdvanceUntilEndedAsync(wait);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait);
        error.InnerException.ShouldBeOfType<NetworkException>();
        error.Message.ShouldStartWith("The state of VPC ingress connection \"inside\" is still unknown after 20 s.");
    }

    [Fact]
    public async Task Failures_that_do_not_pass_in_time_end_the_wait_and_a_good_look_between_them_counts()
    {
        var wait = Wait(look => look is 5 ? "PENDING" : throw new NetworkException("no connection", mayHaveArrived: false));

        await AdvanceUntilEndedAsync(wait);

        await Should.ThrowAsync<NetworkException>(() => wait);
        looks.ShouldBe(5 + Poll.MaxTransientFailures);
    }

    [Fact]
    public async Task Failures_that_will_not_pass_end_the_wait_at_once()
    {
        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => Wait(_ => throw ServiceErrors.Create("AccessDeniedException", "no", 400, "id")));

        error.ErrorId.ShouldBe(ErrorIds.AccessDenied);
        looks.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_holds_no_wait_beyond_its_time()
    {
        var wait = new StateWaiter(SystemClock.Instance, new WaitOptions { Timeout = TimeSpan.FromMilliseconds(50) }).WaitAsync(
            Sought(async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return null;
            }),
            Token);

        var error = await Should.ThrowAsync<WaitTimeoutException>(() => wait.WaitAsync(TimeSpan.FromSeconds(20), Token));
        error.InnerException.ShouldBeOfType<NetworkException>();
    }

    [Fact]
    public async Task Whoever_gives_up_is_let_go_at_once_and_the_others_wait_on()
    {
        using var givesUp = new CancellationTokenSource();
        var waiter = new StateWaiter(clock, new WaitOptions());
        var impatient = waiter.WaitAsync(Sought(_ => Task.FromResult<Thing?>(new Thing("PENDING"))), givesUp.Token);
        var patient = waiter.WaitAsync(Sought(_ => Task.FromResult<Thing?>(new Thing(Seconds < 10 ? "PENDING" : "AVAILABLE"))), Token);
        await clock.DelaysAsync(2, Token);

        await givesUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        await AdvanceUntilEndedAsync(patient);
        (await patient)!.Status.ShouldBe("AVAILABLE");
    }

    [Fact]
    public async Task Progress_tells_every_look_and_the_end_once()
    {
        var wait = Wait(_ => Seconds < 7 ? "PENDING" : "AVAILABLE");
        await AdvanceUntilEndedAsync(wait);

        reports.Select(report => report.Status).ShouldBe([null, "PENDING", "PENDING", "AVAILABLE", "AVAILABLE"]);
        reports.ShouldAllBe(report => report.ServiceArn == Arn && report.Type == "New-ARVpcIngressConnection" && report.OperationId == null);
        reports.Select(report => report.HasEnded).ShouldBe([false, false, false, false, true]);
    }

    [Fact]
    public async Task Progress_ends_with_a_failure_too()
    {
        await Should.ThrowAsync<OperationFailedException>(() => Wait(_ => "FAILED"));

        reports.Count(report => report.HasEnded).ShouldBe(1);
        reports.Last().HasEnded.ShouldBeTrue();
    }

    private double Seconds => (clock.UtcNow - new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;

    private Task<Thing?> Wait(Func<int, string?> statusAt, WaitOptions? options = null, Func<Thing?, bool>? hasCome = null) => new StateWaiter(clock, options ?? new WaitOptions(), reports.Enqueue).WaitAsync(
        Sought(_ => Task.FromResult(statusAt(++looks) is { } status ? new Thing(status) : null), hasCome), Token);

    private static StateWait<Thing> Sought(Func<CancellationToken, Task<Thing?>> read, Func<Thing?, bool>? hasCome = null) => new(
        Arn, "New-ARVpcIngressConnection", "VPC ingress connection \"inside\"", read, now => now.Status, hasCome ?? (now => now?.Status == "AVAILABLE"), now => now.Status == "FAILED", "Look again.");

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
