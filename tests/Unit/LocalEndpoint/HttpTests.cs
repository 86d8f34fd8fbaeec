using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;
using AppRunner.Model;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class HttpTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("")]
    public async Task A_Host_header_of_another_computer_is_rejected(string host)
    {
        using var endpoint = new TestEndpoint();
        var named = host.Replace("{port}", $"{endpoint.Endpoint.Port}", StringComparison.Ordinal);
        var call = new Call { Target = "AppRunner.CreateService", Body = ServiceJson, Extra = new Dictionary<string, string> { ["Host"] = named } };
        var response = await endpoint.ExchangeAsync(endpoint.Head(call, $"Content-Length: {ServiceJson.Length}\r\nConnection: close\r\n") + ServiceJson);
        response.ShouldStartWith("HTTP/1.1 403 ");
        response.ShouldContain("AccessDeniedException");
        (await endpoint.SendAsync(new ListServicesRequest())).ServiceSummaryList!.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost:{port}")]
    [InlineData("LOCALHOST:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("127.0.0.1:{port}")]
    public async Task Host_headers_of_loopback_are_accepted(string host)
    {
        using var endpoint = new TestEndpoint();
        var call = new Call { Extra = new Dictionary<string, string> { ["Host"] = host.Replace("{port}", $"{endpoint.Endpoint.Port}", StringComparison.Ordinal) } };
        (await endpoint.ExchangeAsync(endpoint.Head(call, "Content-Length: 2\r\nConnection: close\r\n") + "{}")).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task The_server_listens_on_127_0_0_1_only()
    {
        using var endpoint = new TestEndpoint();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // 127.0.0.2 is a loopback address on some platforms, but the endpoint does not listen on it.
        await Should.ThrowAsync<SocketException>(async () => await socket.ConnectAsync("127.0.0.2", endpoint.Endpoint.Port, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", 400)]
    [InlineData("GARBAGE\n", 400)]
    [InlineData("POST / HTTP/1.1 \r\n\r\n", 400)]
    [InlineData("POST http://127.0.0.1/ HTTP/1.1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/2.0\r\n\r\n", 505)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [InlineData("POST / HTTP/1.1\r\nHost\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nBad Name: 1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nA: 1\r\n folded\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nA: 1\0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nA: 1\rB: 2\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\n", 413)]
    public async Task A_malformed_HTTP_request_gets_an_error_response_and_the_connection_is_closed(string request, int status)
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.ExchangeAsync(request);
        response.ShouldStartWith($"HTTP/1.1 {status} ");
        response.ShouldContain("Connection: close");
        response.ShouldContain("\"__type\"");
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Random_requests_do_not_stop_the_server()
    {
        using var endpoint = new TestEndpoint();
        await Gen.Byte.Array[0, 300].SampleAsync(
            async bytes =>
            {
                await using var stream = await endpoint.ConnectAsync();
                await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
                stream.Socket.Shutdown(SocketShutdown.Send);
                var response = await TestEndpoint.ReadToEndAsync(stream);
                response.ShouldMatch("\\A(HTTP/1.1 [45]\\d\\d |\\z)");
            },
            iter: 200);
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_header_line_over_the_size_limit_gets_431()
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.ExchangeAsync("POST / HTTP/1.1\r\nX: " + new string('x', 40_000));
        response.ShouldStartWith("HTTP/1.1 431 ");
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Many_headers_over_the_size_limit_get_431()
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.ExchangeAsync("POST / HTTP/1.1\r\n" + string.Concat(Enumerable.Range(0, 4000).Select(i => $"X-{i}: {i}\r\n")));
        response.ShouldStartWith("HTTP/1.1 431 ");
    }

    [Fact]
    public async Task A_Content_Length_over_the_limit_gets_413_before_the_body_is_sent()
    {
        using var endpoint = new TestEndpoint();
        (await endpoint.ExchangeAsync(endpoint.Head(new Call(), "Content-Length: 10000000\r\nExpect: 100-continue\r\n"))).ShouldStartWith("HTTP/1.1 413 ");
    }

    [Fact]
    public async Task A_body_over_the_limit_gets_413_and_later_requests_are_served()
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.SendAsync(new Call { Body = new string('x', 10_000_000) });
        response.Status.ShouldBe(413);
        response.Code.ShouldBe("RequestEntityTooLargeException");
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_large_body_within_the_limit_is_accepted()
    {
        using var endpoint = new TestEndpoint();
        var padding = new string(' ', 900_000);
        (await endpoint.SendAsync(new Call { Body = "{" + padding + "}" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_chunked_body_is_accepted()
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.ExchangeAsync(endpoint.Head(new Call { Body = """{"MaxResults":5}""" }, "Transfer-Encoding: chunked\r\nConnection: close\r\n") + "8;x=1\r\n{\"MaxRes\r\n8\r\nults\":5}\r\n0\r\nTrailer: 1\r\n\r\n");
        response.ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task A_request_can_be_received_byte_by_byte()
    {
        using var endpoint = new TestEndpoint();
        await using var stream = await endpoint.ConnectAsync();
        stream.Socket.NoDelay = true;
        foreach (var b in Encoding.UTF8.GetBytes(endpoint.Head(new Call(), "Content-Length: 2\r\nConnection: close\r\n") + "{}"))
        {
            stream.WriteByte(b);
            await Task.Yield();
        }

        (await TestEndpoint.ReadToEndAsync(stream)).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task Expect_100_continue_gets_100_Continue()
    {
        using var endpoint = new TestEndpoint();
        await using var stream = await endpoint.ConnectAsync();
        var cancel = TestContext.Current.CancellationToken;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(endpoint.Head(new Call(), "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n")), cancel);
        var leave = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await stream.ReadExactlyAsync(leave, cancel);
        Encoding.ASCII.GetString(leave).ShouldBe("HTTP/1.1 100 Continue\r\n\r\n");
        await stream.WriteAsync("{}"u8.ToArray(), cancel);
        (await TestEndpoint.ReadToEndAsync(stream)).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task Pipelined_requests_on_one_connection_are_served()
    {
        using var endpoint = new TestEndpoint();
        var first = endpoint.Head(new Call(), "Content-Length: 2\r\n") + "{}";
        var last = endpoint.Head(new Call(), "Content-Length: 2\r\nConnection: close\r\n") + "{}";
        var responses = await endpoint.ExchangeAsync(first + first + last);
        responses.Split("HTTP/1.1 200 OK").Length.ShouldBe(4);
        endpoint.Endpoint.RequestCount.ShouldBe(3);
    }

    [Fact]
    public async Task An_incomplete_request_gets_408_while_others_are_served()
    {
        using var endpoint = new TestEndpoint(limits: new HttpLimits { Receive = TimeSpan.FromSeconds(1) });
        var halfOpen = new List<NetworkStream>();
        for (var i = 0; i < 50; i++)
        {
            var stream = await endpoint.ConnectAsync();
            halfOpen.Add(stream);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(i % 2 == 0 ? "POST / HTTP/1.1\r\nHos" : endpoint.Head(new Call(), "Content-Length: 1000\r\n") + "{"), TestContext.Current.CancellationToken);
        }

        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
        foreach (var stream in halfOpen)
        {
            (await TestEndpoint.ReadToEndAsync(stream)).ShouldStartWith("HTTP/1.1 408 ");
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_idle_connection_is_closed_after_the_timeout()
    {
        using var endpoint = new TestEndpoint(limits: new HttpLimits { Idle = TimeSpan.FromMilliseconds(100) });
        await using var stream = await endpoint.ConnectAsync();
        (await TestEndpoint.ReadToEndAsync(stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Connections_over_the_limit_are_closed_at_once()
    {
        using var endpoint = new TestEndpoint(limits: new HttpLimits { Connections = 1 });
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
        await using var second = await endpoint.ConnectAsync();
        (await second.ReadAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Theory]
    [InlineData("GET", "/", 405)]
    [InlineData("OPTIONS", "/", 405)]
    [InlineData("POST", "/other", 404)]
    public async Task Another_method_or_path_is_rejected(string method, string path, int status)
    {
        using var endpoint = new TestEndpoint();
        (await endpoint.ExchangeAsync($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{endpoint.Endpoint.Port}\r\nConnection: close\r\n\r\n")).ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task The_response_to_HEAD_has_no_body()
    {
        using var endpoint = new TestEndpoint();
        (await endpoint.ExchangeAsync($"HEAD / HTTP/1.1\r\nHost: 127.0.0.1:{endpoint.Endpoint.Port}\r\nConnection: close\r\n\r\n")).ShouldEndWith("\r\n\r\n");
    }

    private const string ServiceJson =
        """{"ServiceName":"web1","SourceConfiguration":{"ImageRepository":{"ImageIdentifier":"public.ecr.aws/x/y:1","ImageRepositoryType":"ECR_PUBLIC"}}}""";
}
