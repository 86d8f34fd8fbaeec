using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class FrontDoorBackendTests
{
    private static readonly Step Hello = ScriptedServer.Respond(200, "text/plain", "hello");

    // Without a body, because HEAD is tested too.
    private static readonly Step Empty = ScriptedServer.Respond(200, "text/plain", string.Empty);

    private static CancellationToken Cancel => TestDoor.Cancel;

    [Fact]
    public async Task If_an_instance_refuses_the_connection_another_gets_the_request()
    {
        await using var backend = new ScriptedServer(request => ScriptedServer.Respond(200, "text/plain", request.Body));
        await using var door = new TestDoor(new FrontDoorLimits { Unreachable = TimeSpan.Zero });
        door.Route.Serve([TestDoor.Refusing("a"), TestDoor.BackendOf(backend), TestDoor.Refusing("b")]);
        for (var i = 0; i < 10; i++)
        {
            using var response = await door.PostAsync($"body {i}");
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe($"body {i}");
        }

        backend.Requests.Count.ShouldBe(10);
    }

    [Fact]
    public async Task If_all_instances_refuse_the_connection_the_response_is_502_with_the_instance()
    {
        await using var door = new TestDoor();
        var (one, other) = (TestDoor.Refusing("a"), TestDoor.Refusing("b"));
        door.Route.Serve([one, other]);
        using var response = await door.GetAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        new[] { one, other }.Select(backend => $"The service's instance {backend.Id} does not accept connections on port {backend.Port}.\n").ShouldContain(await response.Content.ReadAsStringAsync(Cancel));
        await door.InFlightAsync(0);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_request_is_retried_if_the_instance_closes_an_idle_connection(string method)
    {
        await using var backend = new ScriptedServer(Empty, ScriptedServer.Close(), Empty);
        await using var door = new TestDoor();
        door.Serve(backend);
        for (var i = 0; i < 2; i++)
        {
            using var response = await door.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/"), Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            await door.InFlightAsync(0);
        }

        backend.Requests.Count.ShouldBe(3);
        backend.ConnectionCount.ShouldBe(2);
    }

    [Theory]
    [InlineData("POST", "")]
    [InlineData("PATCH", "")]
    [InlineData("PUT", "body")]
    public async Task A_request_that_is_not_idempotent_is_not_retried(string method, string body)
    {
        await using var backend = new ScriptedServer(Hello, ScriptedServer.Close(), Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.GetAsync()).Dispose();
        await door.InFlightAsync(0);
        using var response = await door.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/") { Content = new StringContent(body) }, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("The service's instance i0 closed the connection without a response.\n");
        backend.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_idle_connection_that_the_instance_closed_is_not_reused()
    {
        var close = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            await Hello(stream, cancel);
            if (request.Path == "/last")
            {
                await close.Task.WaitAsync(cancel);
                stream.Socket.Dispose();
                closed.SetResult();
            }

            return true;
        });
        await using var door = new TestDoor(new FrontDoorLimits { BackendIdle = TimeSpan.FromMinutes(1) });
        door.Serve(backend);
        (await door.GetAsync("/last")).Dispose();
        await door.InFlightAsync(0);
        close.SetResult();
        await closed.Task.WaitAsync(Cancel);
        using var response = await door.PostAsync("body");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        backend.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task If_an_instance_closes_the_connection_without_a_response_another_gets_the_request()
    {
        await using var silent = new ScriptedServer(ScriptedServer.Close());
        await using var other = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(silent, other);
        for (var i = 0; i < 6; i++)
        {
            using var response = await door.GetAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        silent.Requests.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_connection_reset_of_the_instance_is_502_without_retry_on_it()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Reset());
        await using var door = new TestDoor();
        door.Serve(backend);
        using var response = await door.GetAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        backend.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_instance_without_response_in_time_is_504()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Silence());
        await using var door = new TestDoor(new FrontDoorLimits { Request = TimeSpan.FromMilliseconds(300) });
        door.Serve(backend);
        using var response = await door.PostAsync("body");
        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("The service's instance i0 sent no response within 0.3 seconds.\n");
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task Requests_go_to_the_instance_with_the_fewest_requests_in_flight()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var backends = Enumerable.Range(0, 3).Select(_ => new ScriptedServer(ScriptedServer.After(go.Task, Hello))).ToArray();
        await using var door = new TestDoor();
        var most = 0;
        door.Route.InFlightChanged += count => most = Math.Max(most, count);
        door.Serve(backends);
        var requests = new List<Task<HttpResponseMessage>>();
        for (var i = 1; i <= 9; i++)
        {
            requests.Add(door.GetAsync());
            await door.InFlightAsync(i);
        }

        go.SetResult();
        foreach (var response in await Task.WhenAll(requests))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Dispose();
        }

        backends.ShouldAllBe(backend => backend.Requests.Count == 3);
        await door.InFlightAsync(0);
        most.ShouldBe(9);
        foreach (var backend in backends)
            await backend.DisposeAsync();
    }

    [Fact]
    public async Task A_busy_instance_gets_no_requests_while_another_is_idle()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var backends = Enumerable.Range(0, 2).Select(_ => new ScriptedServer(request => request.Path == "/slow" ? ScriptedServer.After(go.Task, Hello) : Hello)).ToArray();
        await using var door = new TestDoor();
        door.Serve(backends);
        var slow = door.GetAsync("/slow");
        await door.InFlightAsync(1);
        for (var i = 0; i < 4; i++)
        {
            (await door.GetAsync()).Dispose();
            await door.InFlightAsync(1);
        }

        go.SetResult();
        (await slow).Dispose();
        backends.Select(backend => backend.Requests.Count).Order().ShouldBe([1, 4]);
        foreach (var backend in backends)
            await backend.DisposeAsync();
    }

    [Fact]
    public async Task Draining_ends_with_the_last_request_in_flight()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var old = new ScriptedServer(ScriptedServer.After(go.Task, ScriptedServer.Respond(200, "text/plain", "old")));
        await using var young = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "young"));
        await using var door = new TestDoor();
        var (first, second) = (TestDoor.BackendOf(old, "old"), TestDoor.BackendOf(young, "young"));
        door.Route.Serve([first]);
        var request = door.GetAsync();
        await door.InFlightAsync(1);

        door.Route.Serve([second]);
        var drain = door.Route.DrainAsync(first, TimeSpan.FromMinutes(1), Cancel);
        using (var response = await door.GetAsync())
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("young");
        drain.IsCompleted.ShouldBeFalse();
        (await door.Route.DrainAsync(first, TimeSpan.Zero, Cancel)).ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(() => door.Route.DrainAsync(first, TimeSpan.FromMinutes(1), new CancellationToken(true)));

        go.SetResult();
        (await drain).ShouldBeTrue();
        using (var response = await request)
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("old");
        (await door.Route.DrainAsync(first, TimeSpan.Zero, Cancel)).ShouldBeTrue();
        (await door.Route.DrainAsync(TestDoor.Refusing(), TimeSpan.Zero, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_instance_can_return_to_service_with_requests_in_flight()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = new ScriptedServer(request => request.Path == "/slow" ? ScriptedServer.After(go.Task, Hello) : Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        var request = door.GetAsync("/slow");
        await door.InFlightAsync(1);
        door.Route.Close("Paused.");
        using (var refused = await door.GetAsync())
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        door.Serve(backend);
        using (var response = await door.GetAsync())
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        go.SetResult();
        (await request).StatusCode.ShouldBe(HttpStatusCode.OK);
        await door.InFlightAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Idle_connections_to_an_instance_are_closed(bool outOfService)
    {
        var ended = new TaskCompletionSource();
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await Hello(stream, cancel);
            (await stream.ReadAsync(new byte[1], cancel)).ShouldBe(0);
            ended.SetResult();
            return false;
        });
        await using var door = new TestDoor(new FrontDoorLimits { BackendIdle = outOfService ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(50) });
        door.Serve(backend);
        (await door.GetAsync()).Dispose();
        await door.InFlightAsync(0);
        if (outOfService)
            door.Route.Serve([]);
        await ended.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task No_request_fails_while_instances_are_replaced()
    {
        await using var door = new TestDoor();
        var server = new ScriptedServer(request => ScriptedServer.Respond(200, "text/plain", "0" + request.Body));
        var backend = TestDoor.BackendOf(server, "0");
        door.Route.Serve([backend]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var responded = 0;
        var clients = Enumerable.Range(0, 8).Select(ClientAsync).ToArray();
        for (var generation = 1; generation <= 15; generation++)
        {
            var name = $"{generation}";
            var next = new ScriptedServer(request => ScriptedServer.Respond(200, "text/plain", name + request.Body));
            var young = TestDoor.BackendOf(next, name);
            door.Route.Serve([young]);
            (await door.Route.DrainAsync(backend, TimeSpan.FromMinutes(1), Cancel)).ShouldBeTrue();
            await server.DisposeAsync();
            (server, backend) = (next, young);

            // Each generation gets some requests.
            var seen = responded;
            while (responded < seen + 100)
            {
                (await Task.WhenAny(clients.Append(Task.CompletedTask))).IsFaulted.ShouldBeFalse();
                using var response = await door.GetAsync();
                (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe(name);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        await server.DisposeAsync();

        async Task ClientAsync(int number)
        {
            // Clients with and without keep-alive, with and without a body.
            while (!stop.IsCancellationRequested)
            {
                using var message = new HttpRequestMessage(number % 2 == 0 ? HttpMethod.Get : HttpMethod.Post, "/") { Headers = { ConnectionClose = number % 4 > 1 } };
                if (number % 2 != 0)
                    message.Content = new StringContent("body");
                using var response = await door.Http.SendAsync(message, Cancel);
                var text = await response.Content.ReadAsStringAsync(Cancel);
                response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
                text.ShouldMatch(number % 2 == 0 ? "\\A\\d+\\z" : "\\A\\d+body\\z");
                Interlocked.Increment(ref responded);
            }
        }
    }
}
