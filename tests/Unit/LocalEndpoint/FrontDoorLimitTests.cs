using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class FrontDoorLimitTests
{
    private static readonly Step Hello = ScriptedServer.Respond(200, "text/plain", "hello");

    private static CancellationToken Cancel => TestDoor.Cancel;

    [Fact]
    public async Task Incomplete_request_headers_get_408_while_others_are_served()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor(new FrontDoorLimits { Head = TimeSpan.FromSeconds(1) });
        door.Serve(backend);
        var halfOpen = new List<NetworkStream>();
        for (var i = 0; i < 50; i++)
        {
            var stream = await door.ConnectAsync();
            halfOpen.Add(stream);
            await door.WriteAsync(stream, "GET / HTTP/1.1\r\nHos"[..(1 + (i % 18))]);
        }

        (await door.Http.GetStringAsync(new Uri("/", UriKind.Relative), Cancel)).ShouldBe("hello");
        foreach (var stream in halfOpen)
        {
            (await TestDoor.ReadToEndAsync(stream)).ShouldStartWith("HTTP/1.1 408 ");
            await stream.DisposeAsync();
        }

        backend.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Request_headers_over_the_size_limit_get_431()
    {
        await using var door = new TestDoor();
        (await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\nX: " + new string('x', 40_000))).ShouldStartWith("HTTP/1.1 431 ");
    }

    [Fact]
    public async Task Many_hop_by_hop_headers_in_Connection_are_removed()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        var names = Enumerable.Range(0, 1500).Select(i => $"X{i}").ToArray();
        var response = await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close," + string.Join(',', names) + "\r\n" + string.Concat(names.Select(name => name + ":\r\n")) + "Y: 1\r\n\r\n");
        response.ShouldEndWith("hello");
        backend.Requests.Single().Headers.Keys.Where(name => name[0] is 'X' or 'Y').Order().ShouldBe(["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Y"]);
    }

    [Fact]
    public async Task Request_headers_can_be_received_byte_by_byte()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var stream = await door.ConnectAsync();
        foreach (var b in Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {door.Route.Host}\r\nConnection: close\r\n\r\n"))
        {
            stream.WriteByte(b);
            await Task.Yield();
        }

        (await TestDoor.ReadToEndAsync(stream)).ShouldEndWith("hello");
    }

    [Fact]
    public async Task An_idle_connection_is_closed_after_the_timeout()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor(new FrontDoorLimits { Idle = TimeSpan.FromMilliseconds(200) });
        door.Serve(backend);
        await using var silent = await door.ConnectAsync();
        (await TestDoor.ReadToBreakAsync(silent)).ShouldBeEmpty();
        await using var used = await door.ConnectAsync();
        await door.WriteAsync(used, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        (await TestDoor.ReadToBreakAsync(used)).ShouldContain("hello");
    }

    [Fact]
    public async Task Connections_over_the_limit_are_closed_at_once()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor(new FrontDoorLimits { Connections = 1 });
        door.Serve(backend);
        await using var first = await door.ConnectAsync();
        await door.WriteAsync(first, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await TestDoor.ReadUntilAsync(first, "hello");
        await using var second = await door.ConnectAsync();
        (await TestDoor.ReadToBreakAsync(second)).ShouldBeOneOf(string.Empty, "<reset>");
    }

    [Fact]
    public async Task An_incomplete_request_body_gets_408_and_frees_the_instance()
    {
        await using var backend = new ScriptedServer(_ => async (stream, _) =>
        {
            await TestDoor.ReadToBreakAsync(stream);
            return false;
        })
        {
            ReadsBodies = false,
        };
        await using var door = new TestDoor(new FrontDoorLimits { Request = TimeSpan.FromMilliseconds(300) });
        door.Serve(backend);
        (await door.ExchangeAsync("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 10\r\n\r\npart")).ShouldStartWith("HTTP/1.1 408 ");
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task A_client_that_does_not_receive_the_response_is_disconnected_after_the_timeout()
    {
        var begun = new TaskCompletionSource();
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            begun.SetResult();
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"u8.ToArray(), cancel);
            await stream.WriteAsync(new byte[1_000_000_000], cancel);
            return true;
        });
        await using var door = new TestDoor(new FrontDoorLimits { Request = TimeSpan.FromMilliseconds(500) });
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await begun.Task.WaitAsync(Cancel);
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task A_response_over_the_time_limit_is_aborted_visibly()
    {
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"u8.ToArray(), cancel);
            await Task.Delay(Timeout.Infinite, cancel);
            return true;
        });
        await using var door = new TestDoor(new FrontDoorLimits { Request = TimeSpan.FromMilliseconds(300) });
        door.Serve(backend);
        using var head = await door.Http.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await Should.ThrowAsync<HttpRequestException>(() => head.Content.ReadAsStringAsync(Cancel));
    }
}
