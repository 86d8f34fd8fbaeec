using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class FrontDoorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_reaches_the_service_and_its_answer_comes_back()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(201, "text/plain", "hello", ("X-Own", "1")));
        await using var door = new TestDoor();
        door.Serve(backend);
        using var content = new StringContent("body");
        using var answer = await door.Http.PostAsync(new Uri("/path?query=1", UriKind.Relative), content, Cancel);
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
    public async Task Connections_are_kept_on_both_sides()
    {
        await using var backend = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "hello"));
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var stream = await door.ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            await door.WriteAsync(stream, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            await TestDoor.ReadUntilAsync(stream, "hello");
        }

        backend.Requests.Count.ShouldBe(20);
        backend.ConnectionCount.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task Bytes_pass_both_ways_before_the_last_are_sent()
    {
        await using var backend = new ScriptedServer(_ => async (stream, cancel) =>
        {
            await TestDoor.ShouldReadAsync(stream, "3\r\none\r\n");
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nONE\r\n"u8.ToArray(), cancel);
            await TestDoor.ShouldReadAsync(stream, "3\r\ntwo\r\n");
            await stream.WriteAsync("3\r\nTWO\r\n"u8.ToArray(), cancel);
            await TestDoor.ShouldReadAsync(stream, "0\r\n\r\n");
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancel);
            return true;
        })
        {
            ReadsBodies = false,
        };
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, "POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
        (await TestDoor.ReadUntilAsync(client, "\r\n\r\n")).ShouldContain("Transfer-Encoding: chunked");
        await TestDoor.ShouldReadAsync(client, "3\r\nONE\r\n");
        await door.WriteAsync(client, "3\r\ntwo\r\n");
        await TestDoor.ShouldReadAsync(client, "3\r\nTWO\r\n");
        await door.WriteAsync(client, "0\r\n\r\n");
        await TestDoor.ShouldReadAsync(client, "0\r\n\r\n");
    }

    [Fact]
    public async Task Nothing_behind_the_door_is_503_with_the_reason()
    {
        await using var door = new TestDoor();
        using var early = await door.Http.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        early.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await early.Content.ReadAsStringAsync(Cancel)).ShouldBe("No instance of this service runs yet.\n");
        door.Route.Close("The service is paused.");
        using var late = await door.Http.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        late.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await late.Content.ReadAsStringAsync(Cancel)).ShouldBe("The service is paused.\n");
    }
}
