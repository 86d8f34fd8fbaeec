using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class BulkTests : IAsyncDisposable
{
    private readonly Session session;
    private readonly Relay relay;

    public BulkTests() => session = Session.Relayed(out relay, "-OperationDuration 0 -ServiceQuota 1000");

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    [Fact]
    public void ThrottleLimit_16_sends_500_definitions_and_invalid_ones_do_not_stop_the_others()
    {
        var under = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        relay.Before = async (operation, earlier, _) =>
        {
            var now = Interlocked.Increment(ref under);
            InterlockedMax(ref most, now);
            if (now == 16)
                full.TrySetResult();

            // The first request gets its response after the sixteenth arrives: 16 must run concurrently.
            await full.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return null;
        };
        relay.After = (_, _) =>
        {
            Interlocked.Decrement(ref under);
            return null;
        };

        var result = session.Run(
            $$"""
            1..500 | ForEach-Object { @{ ServiceName = $(if ($_ -in 7, 499) { "bad $_" } else { "bulk$_" }); ImageIdentifier = '{{Session.Image}}' } } | New-ARService -ThrottleLimit 16
            """);

        result.Output.Count.ShouldBe(498);
        result.Output.Select(item => ((Service)item!.BaseObject).ServiceName).Distinct().Count().ShouldBe(498);
        result.Errors.Select(error => error.Id() + " " + error.TargetObject).ShouldBe(["InvalidParameter bad 7", "InvalidParameter bad 499"]);
        most.ShouldBe(16);
        relay.CountOf("CreateService").ShouldBe(498);
    }

    [Fact]
    public void Results_are_written_as_they_arrive()
    {
        var second = new TaskCompletionSource();
        relay.Before = async (_, _, body) =>
        {
            if (body.Contains("slow", StringComparison.Ordinal))
                await second.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return null;
        };
        session["second"] = second;

        session.Run($"'slow', 'fast' | ForEach-Object {{ @{{ ServiceName = $_; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -ThrottleLimit 2 | ForEach-Object {{ $null = $second.TrySetResult(); $_ }}")
            .Services.Select(service => service.ServiceName).ShouldBe(["fast", "slow"]);
    }

    [Fact]
    public void An_error_response_does_not_stop_the_others()
    {
        using var small = Session.Local("-OperationDuration 0 -ServiceQuota 3");

        var result = small.Run($"1..5 | ForEach-Object {{ @{{ ServiceName = \"bulk$_\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService");

        result.Output.Count.ShouldBe(3);
        result.Errors.Select(error => error.Id() + " " + error.TargetObject).ShouldBe(["QuotaExceeded bulk4", "QuotaExceeded bulk5"]);
    }

    [Theory]
    [InlineData("CreateService", $"1..20 | ForEach-Object {{ @{{ ServiceName = \"bulk-$_-\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -ThrottleLimit 4 -ErrorAction Stop", 0)]
    [InlineData("CreateService", $"1..20 | ForEach-Object {{ @{{ ServiceName = \"bulk-$_-\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -ThrottleLimit 4 | Select-Object -First 1", 1)]
    [InlineData("DeleteService", "1..20 | ForEach-Object { 'arn:aws:apprunner:us-east-1:000000000000:service/bulk-{0}-/{0:x32}' -f $_ } | Remove-ARService -ThrottleLimit 4 -Confirm:$false -ErrorAction Stop", 0)]
    public void No_further_change_is_sent_after_the_result_that_ends_the_command(string change, string script, int outputs)
    {
        var arrived = 0;
        var full = new TaskCompletionSource();
        relay.Before = async (operation, _, body) =>
        {
            if (operation != change)
                return null;
            if (Interlocked.Increment(ref arrived) == 4)
                full.TrySetResult();
            await full.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return !body.Contains("bulk-2-", StringComparison.Ordinal) ? ScriptedServer.Silence() : outputs > 0 ? null : ScriptedServer.Error("AccessDeniedException", "Not allowed.");
        };

        var result = session.Run(script);

        result.Output.Count.ShouldBe(outputs);
        (result.Ended is null).ShouldBe(outputs > 0);
        relay.CountOf(change).ShouldBe(4);
    }

    [Fact]
    public void No_further_change_is_sent_while_an_error_waits_to_be_written()
    {
        var responses = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToArray();
        var connection = new CapturingConnection
        {
            Response = count =>
            {
                if (count == 4)
                    responses[0].SetResult();
                return responses[Math.Min(count, 4) - 1].Task;
            },
        };
        using var other = Session.Plain();
        other.UseConnector(connection);
        other["fail"] = (Action)(() =>
        {
            // While the first service is written, the second is created and the third is refused.
            responses[1].TrySetResult();
            responses[2].TrySetException(new InvalidStateException("Not allowed."));
        });

        var result = other.Run($"1..20 | ForEach-Object {{ @{{ ServiceName = \"bulk$_\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -Region us-east-1 -ThrottleLimit 4 -ErrorAction Stop | ForEach-Object {{ $fail.Invoke(); $_ }}");

        result.Output.Count.ShouldBe(2);
        result.Ended.ShouldNotBeNull().Message.ShouldContain("Not allowed.");
        connection.Sent.Count.ShouldBe(4);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
