using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class StartAndStopTests
{
    [Fact]
    public void A_started_endpoint_has_the_properties_that_clients_need()
    {
        using var endpoint = new LocalEndpointStarter().Start(new LocalEndpointOptions { Region = "eu-west-1", AccountId = "123456789012" }, SystemClock.Instance);
        endpoint.Port.ShouldBeInRange(1024, 65535);
        endpoint.EndpointUrl.ShouldBe($"http://127.0.0.1:{endpoint.Port}");
        (endpoint.Region, endpoint.AccountId, endpoint.IsRunning, endpoint.RequestCount).ShouldBe(("eu-west-1", "123456789012", true, 0));
        endpoint.OperationDuration.ShouldBe(TimeSpan.FromSeconds(2));
        endpoint.StartedAt.ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(1));
        endpoint.AccessKey.ShouldMatch("\\AAKLOCAL[A-Z2-7]{13}\\z");
        endpoint.SecretKey.ShouldMatch("\\A[A-Za-z0-9]{40}\\z");
        endpoint.ToString().ShouldNotContain(endpoint.SecretKey);
    }

    [Fact]
    public void Every_endpoint_has_different_keys()
    {
        using var one = new TestEndpoint();
        using var other = new TestEndpoint();
        one.Endpoint.AccessKey.ShouldNotBe(other.Endpoint.AccessKey);
        one.Endpoint.SecretKey.ShouldNotBe(other.Endpoint.SecretKey);
        one.Endpoint.Port.ShouldNotBe(other.Endpoint.Port);
    }

    [Fact]
    public async Task Keys_can_be_specified()
    {
        using var endpoint = new TestEndpoint(options => (options.AccessKey, options.SecretKey) = ("MYKEY", "my/secret+key="));
        endpoint.Endpoint.AccessKey.ShouldBe("MYKEY");
        (await endpoint.SendAsync(new Call { AccessKey = "MYKEY", SecretKey = "my/secret+key=" })).Status.ShouldBe(200);
    }

    [Fact]
    public void All_options_out_of_range_are_in_one_exception_without_keys()
    {
        var options = new LocalEndpointOptions
        {
            Port = 65536,
            Region = "Nowhere!",
            AccountId = "12",
            SecretKey = "hunter2",
            OperationDuration = TimeSpan.FromHours(25),
            ServiceQuota = 0,
        };
        var refusal = Should.Throw<InvalidParameterException>(() => new LocalEndpointStarter().Start(options, SystemClock.Instance));
        refusal.Problems.Count.ShouldBe(6);
        foreach (var name in new[] { "Port", "Region", "AccountId", "AccessKey", "OperationDuration", "ServiceQuota" })
            refusal.Problems.ShouldContain(problem => problem.Path == name);
        refusal.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("a/b", "secret")]
    [InlineData("a,b", "secret")]
    [InlineData("KEY", "with space")]
    [InlineData("", "")]
    public void Keys_with_invalid_characters_are_rejected(string accessKey, string secretKey) =>
        Should.Throw<InvalidParameterException>(() => new LocalEndpointStarter().Start(new LocalEndpointOptions { AccessKey = accessKey, SecretKey = secretKey }, SystemClock.Instance));

    [Fact]
    public void A_port_in_use_is_an_error()
    {
        using var first = new TestEndpoint();
        var refusal = Should.Throw<LocalEndpointException>(() => new TestEndpoint(options => options.Port = first.Endpoint.Port));
        refusal.ErrorId.ShouldBe(ErrorIds.LocalEndpointError);
        refusal.Message.ShouldContain($"Port {first.Endpoint.Port} on 127.0.0.1 is already in use");
    }

    [Fact]
    public async Task Stop_closes_the_port_and_completes_Completion()
    {
        var first = new TestEndpoint();
        await first.SendAsync(new Call());
        await using var idle = await first.ConnectAsync();

        // Connections are accepted in order: after the response on a later one, this one has been accepted.
        (await first.ExchangeAsync(first.Head(new Call(), "Connection: close\r\n"))).ShouldNotBeEmpty();
        first.Endpoint.Completion.IsCompleted.ShouldBeFalse();
        first.Endpoint.Stop();
        first.Endpoint.IsRunning.ShouldBeFalse();
        first.Endpoint.Completion.IsCompletedSuccessfully.ShouldBeTrue();
        (await TestEndpoint.ReadToEndAsync(idle)).ShouldBeEmpty();
        first.Endpoint.Stop();
        first.Dispose();

        using var second = new TestEndpoint(options => options.Port = first.Endpoint.Port);
        (await second.SendAsync(new Call())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task After_Stop_connections_are_refused()
    {
        var endpoint = new TestEndpoint();
        endpoint.Endpoint.Stop();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Should.ThrowAsync<SocketException>(async () => await socket.ConnectAsync(IPAddress.Loopback, endpoint.Endpoint.Port, TestContext.Current.CancellationToken));
        endpoint.Dispose();
    }

    [Fact]
    public async Task Stop_completes_running_requests()
    {
        var cancel = TestContext.Current.CancellationToken;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        var clock = new FakeClock(FakeTime.Runs);
        using var endpoint = new TestEndpoint(clock: clock);
        clock.Asked = () =>
        {
            reached.TrySetResult();
            release.Wait(cancel);
        };
        var running = endpoint.SendAsync(new Call());
        await reached.Task.WaitAsync(cancel);
        var stop = Task.Run(endpoint.Endpoint.Stop, cancel);
        await PortIsFreeAsync(endpoint.Endpoint.Port);
        endpoint.Endpoint.Completion.IsCompleted.ShouldBeFalse();
        release.Set();
        (await running).Status.ShouldBe(200);
        await stop;
        await endpoint.Endpoint.Completion;
    }

    [Fact]
    public async Task Stop_can_be_called_concurrently()
    {
        var endpoint = new TestEndpoint();
        var cancel = TestContext.Current.CancellationToken;
        await Task.WhenAll(Task.Run(endpoint.Endpoint.Stop, cancel), Task.Run(endpoint.Endpoint.Stop, cancel), Task.Run(endpoint.Endpoint.Dispose, cancel));
        await endpoint.Endpoint.Completion;
        endpoint.Dispose();
    }

    private static async Task PortIsFreeAsync(int port)
    {
        try
        {
            while (true)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            }
        }
        catch (SocketException)
        {
            // The port is closed.
        }
    }
}
