using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client.Calls;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>The calls of a command slow down together when the service throttles. The time is a clock that jumps at every delay.</summary>
[Collection(AwsEnvironmentGroup.Name)]
public sealed class ThrottlingTests : IDisposable
{
    private static readonly Step Throttled = ScriptedServer.Error("ThrottlingException", "Rate exceeded");

    private readonly AwsEnvironment environment = new();

    public void Dispose() => environment.Dispose();

    [Theory]
    [InlineData(5, 5, 60, 16)]
    [InlineData(5, 20, 100, 16)]
    [InlineData(1, 5, 30, 16)]
    [InlineData(2, 2, 60, 64)]
    [InlineData(20, 20, 300, 16)]
    [InlineData(5, 1, 60, 16)]
    [InlineData(1, 1, 30, 16)]
    [InlineData(20, 20, 200, 64)]
    public async Task All_calls_succeed_at_70_percent_of_what_the_server_lets_through(double rate, double burst, int count, int throttleLimit)
    {
        var clock = new FakeClock();
        var start = clock.UtcNow;
        var limiter = new RateLimiter(clock);
        var bucket = new Bucket(clock, rate, burst);
        var (started, active, inService, most) = (0, throttleLimit, 0, 0);

        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref started) <= count)
            {
                for (var attempt = 1; ; attempt++)
                {
                    var sentAt = await limiter.WaitAsync(attempt > 1, TestContext.Current.CancellationToken);
                    most = Math.Max(most, attempt);
                    Interlocked.Increment(ref inService);
                    await clock.Delay(TimeSpan.FromSeconds(0.1), TestContext.Current.CancellationToken);
                    var isLetThrough = bucket.Take();
                    Interlocked.Decrement(ref inService);
                    if (!isLetThrough)
                    {
                        limiter.Throttled(sentAt);
                        continue;
                    }

                    limiter.Succeeded(sentAt);
                    break;
                }
            }

            Interlocked.Decrement(ref active);
        }

        var work = Task.WhenAll(Enumerable.Range(0, throttleLimit).Select(_ => Task.Run(WorkAsync)));
        while (!work.IsCompleted)
        {
            // The time advances when every call waits: for its response, or one for its turn and the others behind it.
            if (clock.PendingDelays > 0 && clock.PendingDelays == inService + (active > inService ? 1 : 0))
                clock.Advance(TimeSpan.FromSeconds(0.01));
            await Task.Yield();
        }

        await work;
        var seconds = (clock.UtcNow - start).TotalSeconds;
        var ratio = count / (burst + (rate * seconds));
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} in {seconds:0.0} s: {ratio:P0}, at most {most} attempts");
        ratio.ShouldBeGreaterThan(0.7);
        most.ShouldBeLessThan(12);
    }

    // The same over HTTP. The time is ten times as fast.
    [Fact]
    public async Task Sixty_creates_at_16_in_parallel_all_succeed_against_5_requests_a_second()
    {
        var clock = new FastClock();
        var bucket = new Bucket(clock, 5, 5);
        await using var server = new ScriptedServer(_ => bucket.Take() ? ScriptedServer.Respond("""{"Service":{"ServiceName":"web"},"OperationId":"1"}""") : Throttled);
        using var connection = await Connect.ToAsync(server, clock);
        using var slots = new SemaphoreSlim(16);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            await slots.WaitAsync(TestContext.Current.CancellationToken);
            await connection.SendAsync(new CreateServiceRequest { ServiceName = "web" }, TestContext.Current.CancellationToken);
            slots.Release();
        }));

        server.Requests.Count.ShouldBeLessThan(180);
    }

    [Fact]
    public async Task A_call_fails_after_three_attempts_when_nothing_succeeds()
    {
        await using var server = new ScriptedServer(Throttled);
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        using var connection = await Connect.ToAsync(server, clock);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(ErrorIds.Throttled);
        error.Attempts.ShouldBe(3);
        server.Requests.Count.ShouldBe(3);
        clock.Delays.Sum(delay => delay.TotalSeconds).ShouldBeInRange(1, 5);
    }

    [Fact]
    public async Task Without_throttling_calls_do_not_wait_for_each_other()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        using var connection = await Connect.ToAsync(server, clock);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken)));

        clock.Delays.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_waits_for_its_turn_can_be_cancelled_and_the_others_continue()
    {
        var clock = new FakeClock(DateTime.UtcNow);
        var limiter = new RateLimiter(clock);
        limiter.Throttled(await limiter.WaitAsync(isRetry: false, TestContext.Current.CancellationToken));
        using var cancel = new CancellationTokenSource();

        var first = limiter.WaitAsync(isRetry: false, cancel.Token);
        var second = limiter.WaitAsync(isRetry: false, cancel.Token);
        var third = limiter.WaitAsync(isRetry: false, TestContext.Current.CancellationToken);
        await clock.DelaysAsync(1, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await clock.DelaysAsync(1, TestContext.Current.CancellationToken);
        third.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        await third.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_neither_stops_the_requests_nor_keeps_their_rate()
    {
        var clock = new FakeClock(DateTime.UtcNow);
        var limiter = new RateLimiter(clock);
        limiter.Throttled(await limiter.WaitAsync(isRetry: false, TestContext.Current.CancellationToken));
        clock.Advance(-TimeSpan.FromHours(1));

        var pauses = new List<double>();
        for (var number = 0; number < 12; number++)
        {
            var turn = limiter.WaitAsync(isRetry: false, TestContext.Current.CancellationToken);
            await clock.DelaysAsync(1, TestContext.Current.CancellationToken);
            pauses.Add(clock.Delays[^1].TotalSeconds);
            clock.Advance(clock.Delays[^1]);
            limiter.Succeeded(await turn.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
        }

        pauses.ShouldAllBe(pause => pause <= 0.5);
        pauses[^1].ShouldBeLessThan(0.2);
    }

    [Fact]
    public async Task Throttled_requests_are_sent_again_before_new_ones()
    {
        var clock = new FakeClock(DateTime.UtcNow);
        var limiter = new RateLimiter(clock);
        limiter.Throttled(await limiter.WaitAsync(isRetry: false, TestContext.Current.CancellationToken));

        var head = limiter.WaitAsync(isRetry: false, TestContext.Current.CancellationToken);
        var fresh = limiter.WaitAsync(isRetry: false, TestContext.Current.CancellationToken);
        var retry = limiter.WaitAsync(isRetry: true, TestContext.Current.CancellationToken);
        foreach (var turn in new[] { head, retry, fresh })
        {
            turn.IsCompleted.ShouldBeFalse();
            await clock.DelaysAsync(1, TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(1));
            await turn.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("1", null, 1)]
    [InlineData("5", null, 5)]
    [InlineData(null, "2", 2)]
    [InlineData("4", "2", 4)]
    [InlineData(null, null, 3)]
    public async Task AWS_MAX_ATTEMPTS_and_max_attempts_are_the_number_of_sends(string? variable, string? key, int sends)
    {
        environment["AWS_MAX_ATTEMPTS"] = variable;
        environment.Config($"[default]\n{(key is null ? string.Empty : "max_attempts = " + key)}\n");
        foreach (var failure in new[] { Throttled, ScriptedServer.Error("InternalServiceErrorException", "sorry", 500) })
        {
            await using var server = new ScriptedServer(failure);
            using var connection = await Connect.ToAsync(server);

            await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

            server.Requests.Count.ShouldBe(sends);
        }
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("Adaptive")]
    [InlineData("legacy")]
    public async Task Every_retry_mode_means_the_same(string mode)
    {
        environment["AWS_RETRY_MODE"] = mode;
        await using var server = new ScriptedServer(ScriptedServer.Error("InternalServiceErrorException", "sorry", 500));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("AWS_MAX_ATTEMPTS", "0")]
    [InlineData("AWS_MAX_ATTEMPTS", "many")]
    [InlineData("AWS_MAX_ATTEMPTS", "-1")]
    [InlineData("AWS_RETRY_MODE", "fast")]
    public async Task A_malformed_retry_setting_is_an_error_with_its_name(string variable, string value)
    {
        environment[variable] = value;

        var error = await Should.ThrowAsync<InvalidParameterException>(() => Connect.ToAsync(Connect.Settings("http://127.0.0.1:1")));

        error.Message.ShouldStartWith($"{variable} is '{value}'. It must be ");
    }

    // Lets through the requests that a service with this rate and burst lets through.
    private sealed class Bucket(IClock clock, double rate, double burst)
    {
        private readonly object sync = new();
        private double used;
        private DateTime at;

        public bool Take()
        {
            lock (sync)
            {
                var now = clock.UtcNow;
                used = Math.Max(0, used - ((now - at).TotalSeconds * rate));
                at = now;
                if (used + 1 > burst)
                    return false;
                used++;
                return true;
            }
        }
    }

    private sealed class FastClock : IClock
    {
        private const int Factor = 10;
        private readonly System.Diagnostics.Stopwatch elapsed = System.Diagnostics.Stopwatch.StartNew();
        private readonly DateTime start = DateTime.UtcNow;

        public DateTime UtcNow => start + (elapsed.Elapsed * Factor);

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay / Factor, cancellationToken);
    }
}
