using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Execution.Deployments;
using AppRunner.LocalEndpoint.Execution.Health;
using AppRunner.LocalEndpoint.Execution.Instances;
using AppRunner.LocalEndpoint.Execution.Processes;
using AppRunner.LocalEndpoint.FrontDoor;
using AppRunner.LocalEndpoint.Logs;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>The number of instances, with programs that listen when a test says so.</summary>
public class FleetTests
{
    [Fact]
    public async Task An_instance_that_came_too_late_goes_again_and_nobody_spins_while_it_starts()
    {
        var clock = new FakeClock();
        var endpoint = new EndpointState("123456789012", TimeSpan.Zero, 1, 1024 * 1024, clock);
        var log = new Region("us-east-1", endpoint).Store<LogStore>().For("web", "id");
        await using var door = new FrontDoorServer(0, new FrontDoorLimits());
        var route = door.Open("web.us-east-1");
        await using var release = new TestRelease();
        var probe = new HealthProbe(new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Tcp, Interval = 5, Timeout = 2, HealthyThreshold = 1, UnhealthyThreshold = 5 });
        using var fleet = new Fleet(release, route, new FleetSettings(probe, 1, 2, 1, new ExecutionSettings { StartTimeout = TimeSpan.FromDays(1) }, log, clock, CancellationToken.None));

        await fleet.StartAsync(TestContext.Current.CancellationToken);
        fleet.Serve();
        release.Holds = true;
        var requests = new[] { route.Lease([])!, route.Lease([])! };
        await UntilAsync(() => release.Programs.Count == 2);
        foreach (var request in requests)
            request.Dispose();

        // More than the time after which one too many is stopped.
        for (var second = 0; second < 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            (await HealthProbe.ListensAsync(release.Programs.First().Port, proxied: false, TestContext.Current.CancellationToken)).ShouldBeTrue();
        }

        Hasty(clock).ShouldBeLessThan(100);
        release.Programs.Last().Listen();
        await UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return release.Programs.Last().Ended.IsCompleted;
        });
        release.Programs.First().Ended.IsCompleted.ShouldBeFalse();
        Hasty(clock).ShouldBeLessThan(1000);
        await fleet.StopAsync(TimeSpan.Zero);
        release.Programs.ShouldAllBe(program => program.Ended.IsCompleted);
    }

    // Waits that are none.
    private static int Hasty(FakeClock clock) => clock.Delays.Count(delay => delay <= TimeSpan.Zero);

    private static Task UntilAsync(Func<bool> condition) => ExecutionEndpoint.UntilAsync(() => Task.FromResult(condition()), () => "the fleet");

    private sealed class TestRelease : Release
    {
        public ConcurrentQueue<TestProgram> Programs { get; } = new();

        // New programs do not listen by themselves.
        public bool Holds { get; set; }

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

        public void Listen() => listener.Start();

        public Task StopAsync(TimeSpan patience)
        {
            Dispose();
            ended.TrySetResult(0);
            return Task.CompletedTask;
        }

        public void Dispose() => listener.Dispose();
    }
}
