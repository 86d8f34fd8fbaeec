using System;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class FrontDoorUpgradeTests
{
    private const string Upgrade = "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\n";

    private static CancellationToken Cancel => TestDoor.Cancel;

    [Fact]
    public async Task A_WebSocket_transfers_messages_in_both_directions()
    {
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
#pragma warning disable CA5350 // RFC 6455 wants it
            var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(request.Headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), cancel);
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            var buffer = new byte[100_000];
            while (true)
            {
                var message = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
                if (message.MessageType == WebSocketMessageType.Close)
                    break;
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, cancel);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", cancel);
            return false;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        using var invoker = new HttpMessageInvoker(door.Handler());
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{door.Route.Host}/chat"), invoker, Cancel);
        door.Route.InFlight.ShouldBe(1);
        foreach (var size in new[] { 0, 1, 125, 126, 70_000 })
        {
            var sent = Enumerable.Range(0, size).Select(i => (byte)i).ToArray();
            await client.SendAsync(sent.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, Cancel);
            var back = new byte[size];
            var got = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await client.ReceiveAsync(back.AsMemory(got), Cancel);
                got += part.Count;
            }
            while (!part.EndOfMessage);
            back.ShouldBe(sent);
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Cancel);
        client.CloseStatusDescription.ShouldBe("bye");
        await door.InFlightAsync(0);
        backend.Requests.Single().Path.ShouldBe("/chat");
    }

    [Fact]
    public async Task Data_sent_together_with_the_upgrade_request_is_forwarded()
    {
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            request.Headers["Connection"].ShouldBe("Upgrade");
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switched\r\nConnection: Upgrade\r\nUpgrade: {request.Headers["Upgrade"]}\r\n\r\nfirst"), cancel);
            await TestDoor.ShouldReadAsync(stream, "early");
            await stream.WriteAsync("last"u8.ToArray(), cancel);
            return false;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync(Upgrade + "early")).ShouldBe("HTTP/1.1 101 Switched\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\nfirstlast");
    }

    [Fact]
    public async Task One_side_of_an_upgraded_connection_can_close_before_the_other()
    {
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 101 Switched\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\n"u8.ToArray(), cancel);
            var all = await TestDoor.ReadToEndAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(all.ToUpperInvariant()), cancel);
            return false;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, Upgrade);
        await TestDoor.ReadUntilAsync(client, "\r\n\r\n");
        await door.WriteAsync(client, "all of it");
        client.Socket.Shutdown(SocketShutdown.Send);
        (await TestDoor.ReadToEndAsync(client)).ShouldBe("ALL OF IT");
    }

    [Fact]
    public async Task A_half_open_upgraded_connection_is_closed_after_the_timeout()
    {
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 101 Switched\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\n"u8.ToArray(), cancel);
            await Task.Delay(Timeout.Infinite, cancel);
            return false;
        });
        await using var door = new TestDoor(new FrontDoorLimits { HalfOpen = TimeSpan.FromMilliseconds(100) });
        door.Serve(backend);
        var client = await door.ConnectAsync();
        await door.WriteAsync(client, Upgrade);
        await TestDoor.ReadUntilAsync(client, "\r\n\r\n");
        await client.DisposeAsync();
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task A_connection_reset_closes_the_other_side_at_once()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 101 Switched\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\n"u8.ToArray(), cancel);
            await go.Task.WaitAsync(cancel);
            return await ScriptedServer.Reset()(stream, cancel);
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, Upgrade);
        await TestDoor.ReadUntilAsync(client, "\r\n\r\n");
        go.SetResult();
        await TestDoor.ReadToBreakAsync(client);
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task An_upgrade_request_that_the_instance_ignores_is_an_ordinary_request()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello"));
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        for (var i = 0; i < 2; i++)
        {
            await door.WriteAsync(client, Upgrade);
            (await TestDoor.ReadUntilAsync(client, "hello")).ShouldStartWith("HTTP/1.1 200 ");
        }
    }

    [Fact]
    public async Task An_upgraded_connection_has_no_time_limit_and_counts_as_in_flight()
    {
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 101 Switched\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\n"u8.ToArray(), cancel);
            await TestDoor.ReadToBreakAsync(stream);
            return false;
        });
        await using var door = new TestDoor(new FrontDoorLimits { Request = TimeSpan.FromMilliseconds(200), HalfOpen = TimeSpan.FromMilliseconds(100) });
        var instance = TestDoor.BackendOf(backend);
        door.Route.Serve([instance]);
        var client = await door.ConnectAsync();
        await door.WriteAsync(client, Upgrade);
        await TestDoor.ReadUntilAsync(client, "\r\n\r\n");
        door.Route.Serve([]);
        (await door.Route.DrainAsync(instance, TimeSpan.FromMilliseconds(600), Cancel)).ShouldBeFalse();
        await client.DisposeAsync();
        (await door.Route.DrainAsync(instance, TimeSpan.FromMinutes(1), Cancel)).ShouldBeTrue();
    }
}
