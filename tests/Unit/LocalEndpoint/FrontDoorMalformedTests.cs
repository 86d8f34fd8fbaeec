using System;
using System.Net.Sockets;
using System.Threading.Tasks;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

/// <summary>Messages that two programs could interpret differently are not forwarded.</summary>
public class FrontDoorMalformedTests
{
    private const string Post = "POST / HTTP/1.1\r\nHost: {host}\r\n";

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nHost: other\r\n\r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET /\tHTTP/1.1 HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET other HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET * HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET https://{host}/ HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\nHost: {host}\r\n\r\n", 505)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [InlineData("\u0016\u0003\u0001\u0000\u0005abc\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\nHost: {host}\n\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nX: 1\rY: 2\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nX: 1\0\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nX: 1\r\n folded\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nX: 1\r\n folded: 2\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n Host: {host}\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost : {host}\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\n: 1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nX\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: 1, 1\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: -1\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: +1\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: 0x1\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: 1 1\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length:\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: 99999999999999999999\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length : 1\r\n\r\n", 400)]
    [InlineData(Post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData(Post + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.0\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    public async Task A_malformed_request_is_rejected_and_not_forwarded(string request, int status)
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello"));
        await using var door = new TestDoor();
        door.Serve(backend);
        var response = await door.ExchangeAsync(request + "GET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n");
        response.ShouldStartWith($"HTTP/1.1 {status} ");
        response.Split("\r\nConnection: close\r\n").Length.ShouldBe(2);
        backend.Requests.ShouldBeEmpty();
        using var next = await door.GetAsync();
        next.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory]
    [InlineData("xyz\r\n")]
    [InlineData("\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("+1\r\n")]
    [InlineData("0x1\r\n")]
    [InlineData("1 1\r\n")]
    [InlineData("80000000\r\n")]
    [InlineData("100000000\r\n")]
    [InlineData("4\nbody\r\n0\r\n\r\n")]
    [InlineData("4\r\nbody\n0\r\n\r\n")]
    [InlineData("4\r\nbodybody\r\n0\r\n\r\n")]
    [InlineData("4;x=\rGET / HTTP/1.1\r\nbody\r\n0\r\n\r\n")]
    [InlineData("0\r\nBad Name: 1\r\n\r\n")]
    [InlineData("0\r\n folded\r\n\r\n")]
    public async Task A_malformed_chunked_body_gets_400_and_aborts_the_forwarded_request(string body)
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource<string>();
        await using var backend = new ScriptedServer(_ => async (stream, _) =>
        {
            begun.SetResult();
            ended.SetResult(await TestDoor.ReadToBreakAsync(stream));
            return false;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, Post + "Transfer-Encoding: chunked\r\n\r\n");
        await begun.Task.WaitAsync(TestDoor.Cancel);
        await door.WriteAsync(client, body + "GET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n");
        var response = await TestDoor.ReadToEndAsync(client);
        response.ShouldStartWith("HTTP/1.1 400 ");
        response.Split("\r\nConnection: close\r\n").Length.ShouldBe(2);
        (await ended.Task).ShouldNotContain("0\r\n\r\n");
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nNo colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: 1\r\n folded\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: 1\rY: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    public async Task A_malformed_response_is_502(string response)
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw(response));
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).ShouldMatch("\\AHTTP/1.1 502 Bad Gateway\r\n(.|\n)*i0 sent an invalid response: ");
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task Response_headers_over_the_size_limit_are_502()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 200 OK\r\nX: " + new string('x', 40_000)));
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).ShouldStartWith("HTTP/1.1 502 ");
    }

    [Fact]
    public async Task Data_after_a_response_is_not_used_for_the_next_request()
    {
        var count = 0;
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            var second = ++count == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil" : string.Empty;
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood" + second), cancel);
            return true;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        for (var i = 0; i < 3; i++)
        {
            using var response = await door.GetAsync();
            (await response.Content.ReadAsStringAsync(TestDoor.Cancel)).ShouldBe("good");
            await door.InFlightAsync(0);
        }
    }

    [Fact]
    public async Task Random_requests_do_not_stop_the_server()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello"));
        await using var door = new TestDoor();
        door.Serve(backend);
        await Gen.Select(Gen.Bool, Gen.Byte.Array[0, 300]).SampleAsync(
            async (body, bytes) =>
            {
                await using var stream = await door.ConnectAsync();
                if (body)
                    await door.WriteAsync(stream, Post + "Transfer-Encoding: chunked\r\n\r\n");
                await stream.WriteAsync(bytes, TestDoor.Cancel);
                stream.Socket.Shutdown(SocketShutdown.Send);

                // The instance responds before it reads the body, so both are possible.
                (await TestDoor.ReadToEndAsync(stream)).ShouldMatch(body ? "\\AHTTP/1.1 (200|400) " : "\\A(HTTP/1.1 [45]\\d\\d |\\z)");
            },
            iter: 200);
        using var next = await door.GetAsync();
        next.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Random_responses_do_not_stop_the_front_door()
    {
        var next = Array.Empty<byte>();
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            await stream.WriteAsync(next, cancel);
            return false;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        await Gen.Select(Gen.Bool, Gen.Byte.Array[0, 300]).SampleAsync(
            async (head, bytes) =>
            {
                next = head ? [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. bytes] : bytes;
                (await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).ShouldMatch("\\AHTTP/1.1 (200|502) ");
            },
            iter: 200,
            threads: 1);
    }
}
