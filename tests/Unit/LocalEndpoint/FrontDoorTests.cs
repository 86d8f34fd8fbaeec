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
    public async Task A_request_reaches_the_service_and_its_answer_comes_back()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(201, "text/plain", "hello", ("X-Own", "1")));
        await using var door = new TestDoor();
        door.Serve(backend);
        using var answer = await door.PostAsync("body", "/path?query=1");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.ReasonPhrase.ShouldBe("Scripted");
        answer.Headers.GetValues("X-Own").ShouldBe(["1"]);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("hello");
        var request = backend.Requests.Single();
        (request.Method, request.Path, request.Body).ShouldBe(("POST", "/path?query=1", "body"));
        request.Headers["Host"].ShouldBe(door.Route.Host);
        request.Headers["Content-Type"].ShouldBe("text/plain; charset=utf-8");
    }

    [Fact]
    public async Task The_service_is_told_who_asks_and_what_for()
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
    public async Task What_is_said_about_one_connection_does_not_go_on()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello", ("Connection", "X-Private"), ("X-Private", "1"), ("Keep-Alive", "timeout=5"), ("X-Public", "2")));
        await using var door = new TestDoor();
        door.Serve(backend);
        var answer = await door.ExchangeAsync(
            "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close, X-Mine, Upgrade, HTTP2-Settings\r\nX-Mine: 1\r\nKeep-Alive: 5\r\nProxy-Connection: keep-alive\r\n" +
            "Proxy-Authorization: Basic x\r\nTE: trailers, deflate\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\nX-Yours: 2\r\n\r\n");
        var headers = backend.Requests.Single().Headers;
        headers.Keys.Order().ShouldBe(["Host", "TE", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Yours"]);
        headers["TE"].ShouldBe("trailers");
        answer.ShouldContain("X-Public: 2");
        answer.ShouldNotContain("X-Private");
        answer.ShouldNotContain("Keep-Alive");
    }

    [Fact]
    public async Task A_client_cannot_take_away_what_the_service_must_know()
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
    public async Task Headers_pass_byte_by_byte_in_their_order()
    {
        const string Lines = "Set-Cookie: a=1; Path=/\r\nX-Name: caf\u00e9 \u00ff\r\nSet-Cookie: b=2\r\nx-lower:  \r\n";
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 299 Caf\u00e9 time\r\n" + Lines + "Content-Length: 0\r\n\r\n"));
        await using var door = new TestDoor();
        door.Serve(backend);
        var answer = await door.ExchangeAsync("GET /%7Ea?b=caf\u00e9 HTTP/1.1\r\nHost: {host}\r\nX-Name: caf\u00e9\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 299 Caf\u00e9 time\r\n" + Lines.Replace(":  ", ": ", StringComparison.Ordinal));
        backend.Requests.Single().Path.ShouldBe("/%7Ea?b=caf\u00e9");
        backend.Requests.Single().Headers["X-Name"].ShouldBe("caf\u00e9");
    }

    [Theory]
    [InlineData("GET http://{host}/path?q HTTP/1.1\r\nHost: other.example\r\n", "/path?q")]
    [InlineData("GET http://{host} HTTP/1.1\r\nHost: {host}\r\n", "/")]
    [InlineData("GET HTTP://{host}?q HTTP/1.1\r\nHost: {host}\r\n", "/?q")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: {host}\r\n", "*")]
    [InlineData("BREW / HTTP/1.1\r\nHost: {host}\r\n", "/")]
    public async Task Other_forms_of_a_target_are_understood(string head, string path)
    {
        await using var backend = new ScriptedServer(Hello);
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync(head + "Connection: close\r\n\r\n")).ShouldEndWith("hello");
        backend.Requests.Single().Path.ShouldBe(path);
        backend.Requests.Single().Headers["Host"].ShouldBe(door.Route.Host);
    }

    [Fact]
    public async Task Connections_are_kept_on_both_sides()
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
    public async Task Requests_that_come_at_once_are_answered_in_their_order()
    {
        await using var backend = new ScriptedServer(request => ScriptedServer.Respond(200, "text/plain", $"[{request.Path}{request.Body}]"));
        await using var door = new TestDoor();
        door.Serve(backend);
        var answers = await door.ExchangeAsync(
            "GET /1 HTTP/1.1\r\nHost: {host}\r\n\r\n" +
            "POST /2 HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\n\r\nbody\r\n" +
            "GET /3 HTTP/1.1\r\nHost: {host}\r\n\r\n" +
            "GET /4 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        answers.Split("HTTP/1.1 200 ").Length.ShouldBe(5);
        string.Concat(answers.Split('[').Skip(1).Select(part => part[..part.IndexOf(']')])).ShouldBe("/1/2body/3/4");
    }

    [Fact]
    public async Task Answers_without_a_body_end_with_their_head()
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
            var answer = await TestDoor.ReadUntilAsync(stream, "\r\n\r\n");
            answer.ShouldStartWith($"HTTP/1.1 {status} Some\r\n");
            answer.Contains(length, StringComparison.Ordinal).ShouldBe(status != 204 && !length.StartsWith('T'));
        }

        // Nothing came in between.
        await door.WriteAsync(stream, "GET /204 HTTP/1.1\r\nHost: {host}\r\nX-Length: X: 1\r\nConnection: close\r\n\r\n");
        (await TestDoor.ReadToEndAsync(stream)).ShouldBe("HTTP/1.1 204 Some\r\nX: 1\r\nConnection: close\r\n\r\n");
    }

    [Fact]
    public async Task Answers_before_the_answer_pass_but_not_to_clients_that_do_not_know_them()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).ShouldBe(
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        (await door.ExchangeAsync("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n")).ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    [Fact]
    public async Task The_service_gives_leave_to_send_a_body()
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
        using var answer = await door.Http.SendAsync(message, Cancel);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("hello");
    }

    [Fact]
    public async Task A_body_that_the_service_does_not_want_is_not_waited_for()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(417, "text/plain", "no")) { ReadsBodies = false };
        await using var door = new TestDoor();
        door.Serve(backend);
        var answer = await door.ExchangeAsync("POST / HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 417 ");
        answer.ShouldContain("Connection: close");
        answer.ShouldNotContain("100 Continue");
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_body_is_through_reaches_the_client()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 413 Too much\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")) { ReadsBodies = false };
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var stream = await door.ConnectAsync();
        await door.WriteAsync(stream, "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000000\r\n\r\nfirst");
        (await TestDoor.ReadToEndAsync(stream)).ShouldEndWith("\r\n\r\nno");
    }

    [Fact]
    public async Task Fields_behind_a_body_pass_both_ways()
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
        var answer = await door.ExchangeAsync("POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4;x=y\r\nbody\r\n0\r\nX-Sum: 1\r\nTransfer-Encoding: gzip\r\n\r\n");
        answer.ShouldEndWith("\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 2\r\n\r\n");
    }

    [Fact]
    public async Task An_old_client_gets_an_answer_without_chunks()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"));
        await using var door = new TestDoor();
        door.Serve(backend);
        (await door.ExchangeAsync("GET / HTTP/1.0\r\nHost: {host}\r\nConnection: keep-alive\r\n\r\n")).ShouldBe("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
    }

    [Fact]
    public async Task An_answer_that_ends_with_its_connection_does_not_end_the_clients()
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
    public async Task An_answer_that_stops_in_the_middle_is_not_taken_for_a_whole_one(string answer, string version)
    {
        await using var backend = new ScriptedServer(ScriptedServer.Raw(answer));
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
    public async Task A_client_that_goes_away_is_not_worked_for()
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
    public async Task A_client_that_goes_away_in_the_middle_of_its_body_is_noticed()
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
