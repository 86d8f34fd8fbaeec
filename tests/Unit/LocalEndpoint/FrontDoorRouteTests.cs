using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class FrontDoorRouteTests
{
    private static CancellationToken Cancel => TestDoor.Cancel;

    [Fact]
    public async Task The_Host_header_selects_the_service()
    {
        await using var one = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "one"));
        await using var other = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "other"));
        await using var door = new TestDoor();
        door.Serve(one);
        await using var route = door.Server.Open("other.eu-west-1");
        route.Serve([TestDoor.BackendOf(other)]);
        door.Route.Host.ShouldBe($"web.us-east-1.localhost:{door.Route.Port}");
        route.Host.ShouldBe($"other.eu-west-1.localhost:{route.Port}");
        (await door.Http.GetStringAsync(new Uri($"http://{door.Route.Host}/"), Cancel)).ShouldBe("one");
        (await door.Http.GetStringAsync(new Uri($"http://{route.Host}/"), Cancel)).ShouldBe("other");

        // Both on the same connection.
        await using var stream = await door.ConnectAsync();
        foreach (var (host, text) in new[] { (route.Host, "other"), (door.Route.Host.ToUpperInvariant(), "one"), ("web.us-east-1.localhost", "one"), ("web.us-east-1.localhost:9", "one") })
        {
            await door.WriteAsync(stream, $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            (await TestDoor.ReadUntilAsync(stream, text)).ShouldStartWith("HTTP/1.1 200 ");
        }
    }

    [Theory]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("localhost:{port}")]
    [InlineData("evil.example")]
    [InlineData("web.us-east-1.localhost.evil.example")]
    [InlineData("evil.example:web.us-east-1.localhost")]
    [InlineData("web.us-east-1.localhost:x")]
    [InlineData("web.us-east-1.localhost:1:2")]
    [InlineData("web.us-east-1.localhost, web.us-east-1.localhost")]
    [InlineData("us-east-1.localhost")]
    [InlineData("")]
    public async Task An_unknown_Host_header_gets_404_with_the_reason(string host)
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello"));
        await using var door = new TestDoor();
        door.Serve(backend);
        var response = await door.ExchangeAsync($"GET / HTTP/1.1\r\nHost: {host.Replace("{port}", $"{door.Server.Port}", StringComparison.Ordinal)}\r\n\r\n");
        response.ShouldStartWith("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\n");
        response.ShouldContain("No service has the host name \"");
        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_has_its_own_port_for_clients_that_cannot_resolve_its_host_name()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello"));
        await using var door = new TestDoor();
        door.Serve(backend);
        door.Route.Port.ShouldNotBe(door.Server.Port);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        (await http.GetStringAsync(new Uri($"http://127.0.0.1:{door.Route.Port}/"), Cancel)).ShouldBe("hello");
        foreach (var host in new[] { "localhost", $"LOCALHOST:{door.Route.Port}", $"[::1]:{door.Route.Port}", "{host}", "web.us-east-1.localhost" })
            (await ExchangeAsync(host)).ShouldStartWith("HTTP/1.1 200 ");
        backend.Requests[0].Headers["Host"].ShouldBe($"127.0.0.1:{door.Route.Port}");

        // DNS rebinding: a web page can resolve its own host name to 127.0.0.1.
        (await ExchangeAsync($"evil.example:{door.Route.Port}")).ShouldStartWith("HTTP/1.1 404 ");
        (await ExchangeAsync("other.us-east-1.localhost")).ShouldContain($"This port serves {door.Route.Host} only");

        async Task<string> ExchangeAsync(string host)
        {
            await using var stream = await door.ConnectAsync(door.Route.Port);
            await door.WriteAsync(stream, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            return await TestDoor.ReadToEndAsync(stream);
        }
    }

    [Fact]
    public async Task A_route_without_instances_gets_503_with_the_reason()
    {
        await using var door = new TestDoor();
        using var early = await door.GetAsync();
        early.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await early.Content.ReadAsStringAsync(Cancel)).ShouldBe("No instance of this service runs yet.\n");
        door.Route.Close("The service is paused.");
        using var late = await door.PostAsync("body");
        late.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        late.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await late.Content.ReadAsStringAsync(Cancel)).ShouldBe("The service is paused.\n");
        (await door.ExchangeAsync("HEAD / HTTP/1.1\r\nHost: {host}\r\n\r\n")).ShouldEndWith("Connection: close\r\n\r\n");
        (await door.ExchangeAsync("POST / HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")).ShouldStartWith("HTTP/1.1 503 ");
        door.Route.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task The_reason_can_have_Unicode_characters()
    {
        await using var door = new TestDoor();
        door.Route.Close("Abgest\u00fcrzt: \u2620");
        using var response = await door.GetAsync();
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("Abgest\u00fcrzt: \u2620\n");
    }

    [Fact]
    public async Task A_host_name_can_be_opened_again_after_its_route_is_disposed()
    {
        await using var door = new TestDoor();
        Should.Throw<InvalidOperationException>(() => door.Server.Open("WEB.us-east-1")).Message.ShouldContain("already in use");
        await door.Route.DisposeAsync();
        await door.Route.DisposeAsync();
        (await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).ShouldStartWith("HTTP/1.1 404 ");
        Should.Throw<ObjectDisposedException>(() => door.Route.Serve([]));
        door.Route.Close("later");
        ShouldBeFree(door.Route.Port);
        await using var again = door.Server.Open("web.us-east-1");
        again.Host.ShouldBe($"web.us-east-1.localhost:{again.Port}");
    }

    [Fact]
    public async Task Disposing_a_route_aborts_requests_in_flight()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Silence());
        await using var door = new TestDoor();
        door.Serve(backend);
        var byHost = door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await using var stream = await door.ConnectAsync(door.Route.Port);
        await door.WriteAsync(stream, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await door.InFlightAsync(2);
        await door.Route.DisposeAsync();
        (await byHost).ShouldMatch("\\AHTTP/1.1 50[23] ");
        await TestDoor.ReadToBreakAsync(stream);
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task Disposing_the_front_door_closes_its_ports_and_connections()
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var backend = new ScriptedServer(_ => async (stream, _) =>
        {
            begun.SetResult();
            await TestDoor.ReadToBreakAsync(stream);
            ended.SetResult();
            return false;
        });
        var door = new TestDoor();
        door.Serve(backend);
        await using var busy = await door.ConnectAsync();
        await door.WriteAsync(busy, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await using var idle = await door.ConnectAsync(door.Route.Port);
        await using var half = await door.ConnectAsync();
        await door.WriteAsync(half, "GET / HT");
        await begun.Task.WaitAsync(Cancel);

        await door.DisposeAsync();
        foreach (var stream in new[] { busy, idle, half })
            (await TestDoor.ReadToBreakAsync(stream)).ShouldBeOneOf(string.Empty, "<reset>");
        await ended.Task.WaitAsync(Cancel);
        door.Route.InFlight.ShouldBe(0);
        ShouldBeFree(door.Server.Port);
        ShouldBeFree(door.Route.Port);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error()
    {
        await using var door = new TestDoor();
        Should.Throw<SocketException>(() => new FrontDoorServer(door.Server.Port, new FrontDoorLimits())).SocketErrorCode.ShouldBe(SocketError.AddressAlreadyInUse);
    }

    [Fact]
    public async Task Concurrent_requests_reach_their_own_services()
    {
        var backends = Enumerable.Range(0, 20).Select(number => new ScriptedServer(request => ScriptedServer.Respond(200, "text/plain", $"{number}{request.Path}"))).ToArray();
        await using var door = new TestDoor();
        var routes = backends.Select((backend, number) =>
        {
            var route = door.Server.Open($"s{number}.us-east-1");
            route.Serve([TestDoor.BackendOf(backend)]);
            return route;
        }).ToArray();
        await Parallel.ForAsync(0, 400, Cancel, async (number, cancel) =>
            (await door.Http.GetStringAsync(new Uri($"http://{routes[number % 20].Host}/{number}"), cancel)).ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{number % 20}/{number}")));
        foreach (var backend in backends)
        {
            backend.Requests.Count.ShouldBe(20);
            await backend.DisposeAsync();
        }
    }

    private static void ShouldBeFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }
}
