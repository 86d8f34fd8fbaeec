using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class FrontDoorStreamTests
{
    // Echoes the body as a stream, with the same framing.
    private static readonly Func<ReceivedRequest, Step> Echo = request => async (stream, cancel) =>
    {
        if (request.Headers.TryGetValue("Content-Length", out var length))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"), cancel);
            await CopyAsync(stream, stream, long.Parse(length, CultureInfo.InvariantCulture), cancel);
            return true;
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), cancel);
        while (true)
        {
            var line = await TestDoor.ReadUntilAsync(stream, "\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line), cancel);
            var size = Convert.ToInt64(line.Trim(), 16);
            await CopyAsync(stream, stream, size + 2, cancel);
            if (size == 0)
                return true;
        }
    };

    private static CancellationToken Cancel => TestDoor.Cancel;

    [Fact]
    public async Task Chunked_bodies_are_streamed_in_both_directions()
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
        await TestDoor.ShouldReadAsync(client, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nONE\r\n");
        await door.WriteAsync(client, "3\r\ntwo\r\n");
        await TestDoor.ShouldReadAsync(client, "3\r\nTWO\r\n");
        await door.WriteAsync(client, "0\r\n\r\n");
        await TestDoor.ShouldReadAsync(client, "0\r\n\r\n");
    }

    [Fact]
    public async Task Bodies_with_Content_Length_are_streamed()
    {
        await using var backend = new ScriptedServer(Echo) { ReadsBodies = false };
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 6\r\n\r\n");
        await TestDoor.ShouldReadAsync(client, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n");
        foreach (var part in new[] { "o", "ne", "two" })
        {
            await door.WriteAsync(client, part);
            await TestDoor.ShouldReadAsync(client, part);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_bodies_are_forwarded_unchanged(bool chunked)
    {
        // HttpClient sends the whole body before it reads the response.
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            using var all = new MemoryStream();
            if (request.Headers.TryGetValue("Content-Length", out var length))
                await CopyAsync(stream, all, int.Parse(length, CultureInfo.InvariantCulture), cancel);
            else
                all.Write([.. await ReadChunkedAsync(stream)]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + (chunked ? $"Transfer-Encoding: chunked\r\n\r\n{all.Length:X}\r\n" : $"Content-Length: {all.Length}\r\n\r\n")), cancel);
            await stream.WriteAsync(all.GetBuffer().AsMemory(0, (int)all.Length), cancel);
            if (chunked)
                await stream.WriteAsync("\r\n0\r\n\r\n"u8.ToArray(), cancel);
            return true;
        })
        {
            ReadsBodies = false,
        };
        await using var door = new TestDoor();
        door.Serve(backend);
        var bytes = new byte[30_000_000];
        new Random(1).NextBytes(bytes);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(bytes), Headers = { TransferEncodingChunked = chunked } };
        using var response = await door.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var content = await response.Content.ReadAsStreamAsync(Cancel);
        (await SHA256.HashDataAsync(content, Cancel)).ShouldBe(SHA256.HashData(bytes));
    }

    [Fact]
    public async Task Chunked_bodies_of_any_chunk_size_are_forwarded_unchanged()
    {
        await using var backend = new ScriptedServer(Echo) { ReadsBodies = false };
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await Gen.Select(Gen.Byte.Array[1, 20_000].List[0, 6], Gen.Int[1, 9_000].List[1, 8]).SampleAsync(
            async (chunks, cuts) =>
            {
                using var wire = new MemoryStream();
                wire.Write(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: {door.Route.Host}\r\nTransfer-Encoding: chunked\r\n\r\n"));
                var body = new List<byte>();
                foreach (var chunk in chunks)
                {
                    wire.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
                    wire.Write(chunk);
                    wire.Write("\r\n"u8);
                    body.AddRange(chunk);
                }

                wire.Write("0\r\n\r\n"u8);
                var sending = SendInPartsAsync(client, wire.ToArray(), cuts);
                await TestDoor.ReadUntilAsync(client, "\r\n\r\n");
                var back = await ReadChunkedAsync(client);
                await sending;
                back.ShouldBe(body);
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Backpressure_of_the_instance_reaches_the_client()
    {
        var take = new TaskCompletionSource();
        const long Length = 256 * 1024 * 1024;
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            await take.Task.WaitAsync(cancel);
            await CopyAsync(stream, Stream.Null, Length, cancel);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel);
            return true;
        })
        {
            ReadsBodies = false,
        };
        await using var door = new TestDoor();
        door.Serve(backend);
        await using var client = await door.ConnectAsync();
        await door.WriteAsync(client, $"POST / HTTP/1.1\r\nHost: {{host}}\r\nContent-Length: {Length}\r\n\r\n");
        var part = new byte[1024 * 1024];
        var sent = 0L;
        Task write;
        do
        {
            write = client.WriteAsync(part, Cancel).AsTask();
            sent += part.Length;
        }
        while (await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1), Cancel)) == write && sent < Length);

        // Less than that fits into the socket buffers of two connections.
        sent.ShouldBeLessThan(Length / 4);
        take.SetResult();
        await write;
        for (; sent < Length; sent += part.Length)
            await client.WriteAsync(part, Cancel);
        await TestDoor.ShouldReadAsync(client, "HTTP/1.1 200 OK\r\n");
    }

    [Fact]
    public async Task Backpressure_of_the_client_reaches_the_instance()
    {
        var sent = 0L;
        var blocked = new TaskCompletionSource();
        const long Length = 256 * 1024 * 1024;
        await using var backend = new ScriptedServer(request => async (stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Length}\r\n\r\n"), cancel);
            var part = new byte[1024 * 1024];
            while (sent < Length)
            {
                var write = stream.WriteAsync(part, cancel).AsTask();
                if (!blocked.Task.IsCompleted && await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1), cancel)) != write)
                    blocked.SetResult();
                await write;
                sent += part.Length;
            }

            blocked.TrySetResult();
            return true;
        });
        await using var door = new TestDoor();
        door.Serve(backend);
        using var response = await door.Http.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await blocked.Task.WaitAsync(Cancel);
        sent.ShouldBeLessThan(Length / 4);
        await using var content = await response.Content.ReadAsStreamAsync(Cancel);
        await CopyAsync(content, Stream.Null, Length, Cancel);
    }

    private static async Task CopyAsync(Stream from, Stream to, long count, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancel);
            if (read == 0)
                throw new EndOfStreamException();
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            count -= read;
        }
    }

    private static async Task SendInPartsAsync(NetworkStream stream, byte[] bytes, List<int> cuts)
    {
        var at = 0;
        for (var i = 0; at < bytes.Length; i++)
        {
            var count = Math.Min(cuts[i % cuts.Count], bytes.Length - at);
            await stream.WriteAsync(bytes.AsMemory(at, count), Cancel);
            at += count;
            await Task.Yield();
        }
    }

    private static async Task<List<byte>> ReadChunkedAsync(Stream stream)
    {
        var all = new List<byte>();
        while (true)
        {
            var chunk = new byte[Convert.ToInt32((await TestDoor.ReadUntilAsync(stream, "\r\n")).Trim(), 16)];
            await stream.ReadExactlyAsync(chunk, Cancel);
            all.AddRange(chunk);
            await TestDoor.ShouldReadAsync(stream, "\r\n");
            if (chunk.Length == 0)
                return all;
        }
    }
}
