using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Proxy;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>Scaling of instances, with programs that listen when a test wants it.</summary>
public class InstanceGroupTests
{
    [Fact]
    public async Task A_superfluous_instance_is_stopped_and_the_loop_does_not_spin_while_it_starts()
    {
        var clock = new FakeClock();
        await using var door = new FrontDoorServer(0, new FrontDoorLimits());
        var route = door.Open("web.us-east-1");
        await using var release = new TestRelease();
        var probe = new HealthProbe(new HealthCheck(Path: null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2), HealthyThreshold: 1, UnhealthyThreshold: 5), servicePort: 8080);
        var settings = new InstanceGroupSettings(probe, new Scaling(MinSize: 1, MaxSize: 2, MaxConcurrency: 1), new ExecutionSettings { StartTimeout = TimeSpan.FromDays(1) }, new NoLog(), clock, CancellationToken.None);
        using var group = new InstanceGroup(release, route, settings);

        await group.StartAsync(TestContext.Current.CancellationToken);
        group.Serve();
        release.Holds = true;
        var requests = new[] { route.Lease([])!, route.Lease([])! };
        await UntilAsync(() => release.Programs.Count == 2);
        foreach (var request in requests)
            request.Dispose();

        // Longer than ScaleDownAfter.
        for (var second = 0; second < 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            (await HealthProbe.ListensAsync(release.Programs.First().Port, proxied: false, TestContext.Current.CancellationToken)).ShouldBeTrue();
        }

        ImmediateDelays(clock).ShouldBeLessThan(100);
        release.Programs.Last().Listen();
        await UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return release.Programs.Last().Ended.IsCompleted;
        });
        release.Programs.First().Ended.IsCompleted.ShouldBeFalse();
        ImmediateDelays(clock).ShouldBeLessThan(1000);
        await group.StopAsync(TimeSpan.Zero);
        release.Programs.ShouldAllBe(program => program.Ended.IsCompleted);
    }

    // Delays of zero: a loop that spins has many of them.
    private static int ImmediateDelays(FakeClock clock) => clock.Delays.Count(delay => delay <= TimeSpan.Zero);

    private static Task UntilAsync(Func<bool> condition) => ExecutionEndpoint.UntilAsync(() => Task.FromResult(condition()), () => "the group");

    private sealed class NoLog : IServiceLog
    {
        public void Event(string text)
        {
        }

        public void Deployment(string operationId, string text)
        {
        }

        public void Instance(string instanceId, string text)
        {
        }
    }

    private sealed class TestRelease : Release
    {
        public ConcurrentQueue<TestProgram> Programs { get; } = new();

        // Whether new programs wait for Listen().
        public bool Holds { get; set; }

        public override int Port => 8080;

        public override string PortAdvice(int port) => string.Empty;

        public override IProgram Start(string instanceId, int port, Action<string> output)
        {
            var program = new TestProgram(port);
            if (!Holds)
                program.Listen();
            Programs.Enqueue(program);
            return program;
        }

        public override ValueTask DisposeAsync()
        {
            foreach (var program in Programs)
                program.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class TestProgram(int port) : IProgram, IDisposable
    {
        private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TcpListener listener = new(IPAddress.Loopback, port);

        public int Port => port;

        public Task<int> Ended => ended.Task;

        public Task<bool> RunsAsync(CancellationToken cancellationToken) => Task.FromResult(!ended.Task.IsCompleted);

        public ProgramUsage? Usage() => null;

        public void Listen() => listener.Start();

        public Task StopAsync(TimeSpan timeout)
        {
            Dispose();
            ended.TrySetResult(0);
            return Task.CompletedTask;
        }

        public void Dispose() => listener.Dispose();
    }
}
