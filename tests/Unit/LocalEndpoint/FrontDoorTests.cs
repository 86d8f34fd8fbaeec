using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class FrontDoorTests
{
    private static readonly Step Hello = ScriptedServer.Respond(200, "text/plain", "hello");

    private static CancellationToken Cancel => TestDoor.Cancel;

    [Fact]
    public async Task A_request_and_its_response_are_forwarded()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(201, "text/plain", "hello", ("X-Own", "1")));
        await using var door = new TestDoor();
        door.Serve(backend);
        using var response = await door.PostAsync("body", "/path?query=1");
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.ReasonPhrase.ShouldBe("Scripted");
        response.Headers.GetValues("X-Own").ShouldBe(["1"]);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("hello");
        var request = backend.Requests.Single();
        (request.Method, request.Path, request.Body).ShouldBe(("POST", "/path?query=1", "body"));
        request.Headers["Host"].ShouldBe(door.Route.Host);
        request.Headers["Content-Type"].ShouldBe("text/plain; charset=utf-8");
    }

    [Fact]
    public async Task X_Forwarded_headers_are_set()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");
        backend.Requests.Select(request => request.Headers["X-Forwarded-For"]).ShouldBe(["127.0.0.1", "10.0.0.1, 127.0.0.1"]);
        backend.Requests.ShouldAllBe(request => request.Headers["X-Forwarded-Proto"] == "http" && request.Headers["X-Forwarded-Host"] == door.Route.Host);
    }

    [Fact]
    public async Task Hop_by_hop_headers_are_not_forwarded()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello", ("Connection", "X-Private"), ("X-Private", "1"), ("Keep-Alive", "timeout=5"), ("X-Public", "2")));
        await using var door = new TestDoor();
        door.Serve(backend);
        var response = await door.ExchangeAsync(
            "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close, X-Mine, Upgrade, HTTP2-Settings\r\nX-Mine: 1\r\nKeep-Alive: 5\r\nProxy-Connection: keep-alive\r\n" +
            "Proxy-Authorization: Basic x\r\nTE: trailers, deflate\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\nX-Yours: 2\r\n\r\n");
        var headers = backend.Requests.Single().Headers;
        headers.Keys.Order().ShouldBe(["Host", "TE", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Yours"]);
        headers["TE"].ShouldBe("trailers");
        response.ShouldContain("X-Public: 2");
        response.ShouldNotContain("X-Private");
        response.ShouldNotContain("Keep-Alive");
    }

    [Fact]
    public async Task A_client_cannot_remove_Host_Content_Length_and_X_Forwarded_For()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        await door.ExchangeAsync("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nConnection: close, Host, Content-Length, X-Forwarded-For\r\n\r\nbody");
        var request = backend.Requests.Single();
        request.Body.ShouldBe("body");
        request.Headers["Host"].ShouldBe(door.Route.Host);
        request.Headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Headers_are_forwarded_unchanged_in_order()
    {
        const string Lines = "Set-Cookie: a=1; Path=/\r\nX-Name: caf\u00e9 \u00ff\r\nSet-Cookie: b=2\r\nx-lower:  \r\n";
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 299 Caf\u00e9 time\r\n" + Lines + "Content-Length: 0\r\n\r\n"));
        await using var door = new TestDoor();
        door.Serve(backend);
        var response = await door.ExchangeAsync("GET /%7Ea?b=caf\u00e9 HTTP/1.1\r\nHost: {host}\r\nX-Name: caf\u00e9\r\nConnection: close\r\n\r\n");
        response.ShouldStartWith("HTTP/1.1 299 Caf\u00e9 time\r\n" + Lines.Replace(":  ", ": ", StringComparison.Ordinal));
        backend.Requests.Single().Path.ShouldBe("/%7Ea?b=caf\u00e9");
        backend.Requests.Single().Headers["X-Name"].ShouldBe("caf\u00e9");
    }

    [Theory]
    [InlineData("GET http://{host}/path?q HTTP/1.1\r\nHost: other.example\r\n", "/path?q")]
    [InlineData("GET http://{host} HTTP/1.1\r\nHost: {host}\r\n", "/")]
    [InlineData("GET HTTP://{host}?q HTTP/1.1\r\nHost: {host}\r\n", "/?q")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: {host}\r\n", "*")]
    [InlineData("BREW / HTTP/1.1\r\nHost: {host}\r\n", "/")]
    public async Task Absolute_and_asterisk_forms_of_the_request_target_are_supported(string head, string path)
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync(head + "Connection: close\r\n\r\n")).ShouldEndWith("hello");
        backend.Requests.Single().Path.ShouldBe(path);
        backend.Requests.Single().Headers["Host"].ShouldBe(door.Route.Host);
    }

    [Fact]
    public async Task Connections_to_clients_and_instances_are_reused()
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var stream = await door.ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            await door.WriteAsync(stream, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            await TestDoor.ReadUntilAsync(stream, "hello");
            await door.InFlightAsync(0);
        }

        backend.Requests.Count.ShouldBe(20);
        backend.ConnectionCount.ShouldBe(1);
    }

    [Fact]
    public async Task Pipelined_requests_get_responses_in_order()
    {
        await using var backend = new ScriptedServer(request => ScriptedServer.Respond(200, "text/plain", $"[{request.Path}{request.Body}]"));
        await using var door = new TestDoor();
        door.Serve(backend);
        var responses = await door.ExchangeAsync(
            "GET /1 HTTP/1.1\r\nHost: {host}\r\n\r\n" +
            "POST /2 HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\n\r\nbody\r\n" +
            "GET /3 HTTP/1.1\r\nHost: {host}\r\n\r\n" +
            "GET /4 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        responses.Split("HTTP/1.1 200 ").Length.ShouldBe(5);
        string.Concat(responses.Split('[').Skip(1).Select(part => part[..part.IndexOf(']')])).ShouldBe("/1/2body/3/4");
    }

    [Fact]
    public async Task Responses_to_HEAD_and_with_204_or_304_have_no_body()
    {
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {request.Path[1..]} Some\r\n{request.Headers["X-Length"]}\r\n\r\n"), cancel);
            return true;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var stream = await door.ConnectAsync();
        foreach (var (method, status, length) in new[] { ("HEAD", 200, "Content-Length: 5"), ("GET", 204, "Content-Length: 5"), ("GET", 304, "Content-Length: 5"), ("HEAD", 200, "Transfer-Encoding: chunked"), ("GET", 200, "Content-Length: 0") })
        {
            await door.WriteAsync(stream, $"{method} /{status} HTTP/1.1\r\nHost: {{host}}\r\nX-Length: {length}\r\n\r\n");
            var response = await TestDoor.ReadUntilAsync(stream, "\r\n\r\n");
            response.ShouldStartWith($"HTTP/1.1 {status} Some\r\n");
            response.Contains(length, StringComparison.Ordinal).ShouldBe(status != 204 && !length.StartsWith('T'));
        }

        // There was no other data in between.
        await door.WriteAsync(stream, "GET /204 HTTP/1.1\r\nHost: {host}\r\nX-Length: X: 1\r\nConnection: close\r\n\r\n");
        (await TestDoor.ReadToEndAsync(stream)).ShouldBe("HTTP/1.1 204 Some\r\nX: 1\r\nConnection: close\r\n\r\n");
    }

    [Fact]
    public async Task Interim_1xx_responses_are_forwarded_but_not_to_HTTP_1_0_clients()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).ShouldBe(
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        (await door.ExchangeAsync("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n")).ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    [Fact]
    public async Task The_instance_can_send_100_Continue()
    {
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            request.Headers["Expect"].ShouldBe("100-continue");
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancel);
            await TestDoor.ShouldReadAsync(stream, "body");
            return await Hello(stream, cancel);
        })
        {
            ReadsBodies = false,
        };
        await using var door = new TestDoor();
        door.Serve(backend);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("body"), Headers = { ExpectContinue = true } };
        using var response = await door.Http.SendAsync(message, Cancel);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("hello");
    }

    [Fact]
    public async Task A_final_response_to_Expect_100_continue_closes_the_connection()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(417, "text/plain", "no")) { ReadsBodies = false };
        await using var door = new TestDoor();
        door.Serve(backend);
        var response = await door.ExchangeAsync("POST / HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        response.ShouldStartWith("HTTP/1.1 417 ");
        response.ShouldContain("Connection: close");
        response.ShouldNotContain("100 Continue");
    }

    [Fact]
    public async Task A_response_before_the_end_of_the_request_body_is_forwarded()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 413 Too much\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")) { ReadsBodies = false };
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var stream = await door.ConnectAsync();
        await door.WriteAsync(stream, "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000000\r\n\r\nfirst");
        (await TestDoor.ReadToEndAsync(stream)).ShouldEndWith("\r\n\r\nno");
    }

    [Fact]
    public async Task Trailers_are_forwarded_in_both_directions()
    {
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await TestDoor.ShouldReadAsync(stream, "4\r\nbody\r\n0\r\nX-Sum: 1\r\n\r\n");
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 2\r\nContent-Length: 7\r\n\r\n"u8.ToArray(), cancel);
            return true;
        })
        {
            ReadsBodies = false,
        };
        await using var door = new TestDoor();
        door.Serve(backend);
        var response = await door.ExchangeAsync("POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4;x=y\r\nbody\r\n0\r\nX-Sum: 1\r\nTransfer-Encoding: gzip\r\n\r\n");
        response.ShouldEndWith("\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 2\r\n\r\n");
    }

    [Fact]
    public async Task An_HTTP_1_0_client_gets_a_response_without_chunks()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"));
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync("GET / HTTP/1.0\r\nHost: {host}\r\nConnection: keep-alive\r\n\r\n")).ShouldBe("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
    }

    [Fact]
    public async Task A_response_without_length_does_not_close_the_clients_connection()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.0 200 OK\n\nhello"));
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var stream = await door.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            await door.WriteAsync(stream, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            await TestDoor.ShouldReadAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            (await TestDoor.ReadUntilAsync(stream, "0\r\n\r\n")).ShouldContain("hello");
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", "1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "1.0")]
    public async Task An_incomplete_response_is_visible_to_the_client(string response, string version)
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw(response));
        await using var door = new TestDoor();
        door.Serve(backend);
        if (version == "1.0")
        {
            await Should.ThrowAsync<IOException>(() => door.ExchangeAsync("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n"));
            return;
        }

        using var head = await door.Http.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => head.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_request_is_cancelled_when_the_client_disconnects()
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var backend = new ScriptedServer(_ => async (stream, _) =>
        {
            begun.SetResult();
            (await TestDoor.ReadToBreakAsync(stream)).ShouldBeOneOf(string.Empty, "<reset>");
            ended.SetResult();
            return false;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        var client = await door.ConnectAsync();
        await door.WriteAsync(client, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await begun.Task.WaitAsync(Cancel);
        await client.DisposeAsync();
        await ended.Task.WaitAsync(Cancel);
        await door.InFlightAsync(0);
    }

    [Fact]
    public async Task A_request_is_cancelled_when_the_client_disconnects_in_the_body()
    {
        var ended = new TaskCompletionSource();
        await using var backend = new ScriptedServer(_ => async (stream, _) =>
        {
            await TestDoor.ShouldReadAsync(stream, "part");
            (await TestDoor.ReadToBreakAsync(stream)).ShouldBeOneOf(string.Empty, "<reset>");
            ended.SetResult();
            return false;
        })
        {
            ReadsBodies = false,
        };
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 10\r\n\r\npart");
        client.Socket.Shutdown(SocketShutdown.Send);
        (await TestDoor.ReadToEndAsync(client)).ShouldStartWith("HTTP/1.1 400 ");
        await ended.Task.WaitAsync(Cancel);
    }
}
