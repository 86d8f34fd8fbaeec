using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Tests.Shared;

/// <summary>
/// A server on a plain socket, so that a test controls what is sent: responses, resets, truncated responses, nothing at all. It counts
/// requests and connections. Steps run in order of arrival; the last one repeats.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<ReceivedRequest, Step> script;
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private readonly ConcurrentBag<TcpClient> connections = [];
    private readonly Task accepting;
    private int taken;

    public ScriptedServer(params Step[] steps)
        : this(null, steps)
    {
    }

    public ScriptedServer(Func<ReceivedRequest, Step> script)
        : this(script, [])
    {
    }

    private ScriptedServer(Func<ReceivedRequest, Step>? script, Step[] steps)
    {
        this.script = script ?? (_ => steps[Math.Min(Interlocked.Increment(ref taken), steps.Length) - 1]);
        listener.Start(512);
        accepting = AcceptAsync();
    }

    /// <summary>Whether the request body is read before the step runs; otherwise the step reads it.</summary>
    public bool ReadsBodies { get; init; } = true;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => "http://127.0.0.1:" + Port.ToString(CultureInfo.InvariantCulture);

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public int ConnectionCount => connections.Count;

    public static Step Respond(string json, int status = 200, params (string Name, string Value)[] headers) =>
        Respond(status, "application/x-amz-json-1.0", json, headers);

    public static Step Respond(int status, string contentType, string body, params (string Name, string Value)[] headers) => async (stream, token) =>
    {
        await stream.WriteAsync(Head(status, contentType, Encoding.UTF8.GetByteCount(body), headers), token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(body), token);
        return true;
    };

    public static Step Error(string code, string message, int status = 400) =>
        Respond($$"""{"__type":"{{code}}","Message":"{{message}}"}""", status);

    /// <summary>Sends a body shorter than its Content-Length, then closes.</summary>
    public static Step Truncated(string part, int announced) => async (stream, token) =>
    {
        await stream.WriteAsync(Head(200, "application/x-amz-json-1.0", announced), token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(part), token);
        return false;
    };

    /// <summary>Sends the head and a part of the body, then nothing more, without closing.</summary>
    public static Step Stalling(string part, int announced) => async (stream, token) =>
    {
        await stream.WriteAsync(Head(200, "application/x-amz-json-1.0", announced), token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(part), token);
        await stream.FlushAsync(token);
        await Task.Delay(Timeout.Infinite, token);
        return false;
    };

    /// <summary>Reads the request and closes without a response.</summary>
    public static Step Close() => (_, _) => Task.FromResult(false);

    /// <summary>Reads the request and resets the connection.</summary>
    public static Step Reset() => (stream, _) =>
    {
        stream.Socket.LingerState = new LingerOption(true, 0);
        stream.Socket.Close();
        return Task.FromResult(false);
    };

    /// <summary>Reads the request and sends nothing.</summary>
    public static Step Silence() => async (_, token) =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return false;
    };

    /// <summary>Sends raw bytes, then closes.</summary>
    public static Step Raw(string text) => async (stream, token) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), token);
        return false;
    };

    /// <summary>Runs a step after a signal.</summary>
    public static Step After(Task signal, Step then) => async (stream, token) =>
    {
        await signal.WaitAsync(token);
        return await then(stream, token);
    };

    /// <summary>A URL whose port has no listener.</summary>
    public static string RefusingUrl()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return "http://127.0.0.1:" + ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        foreach (var connection in connections)
            connection.Dispose();
        await accepting;
        stop.Dispose();
    }

    private static byte[] Head(int status, string contentType, int length, params (string Name, string Value)[] headers) =>
        Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} Scripted\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\nx-amzn-RequestId: scripted-id\r\n"
            + (headers.Any(header => header.Name == "Date") ? string.Empty : "Date: " + DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture) + "\r\n")
            + string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n")) + "\r\n");

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptTcpClientAsync(stop.Token);
                connections.Add(connection);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        try
        {
            connection.NoDelay = true;
            var stream = connection.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                requests.Enqueue(request);
                if (!await script(request)(stream, stop.Token))
                    break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            connection.Dispose();
        }
    }

    private async Task<ReceivedRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>(1024);
        var one = new byte[1];
        while (head.Count < 4 || head[^1] != '\n' || head[^2] != '\r' || head[^3] != '\n')
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
                return null;
            head.Add(one[0]);

            // A TLS client hello: the client would wait for a response.
            if (head[0] == 0x16)
                return new ReceivedRequest("TLS", string.Empty, new Dictionary<string, string>(), string.Empty);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(values => values.Key, values => string.Join(", ", values), StringComparer.OrdinalIgnoreCase);
        var body = new byte[ReadsBodies && headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, stop.Token);
        var start = lines[0].Split(' ');
        return new ReceivedRequest(start[0], start[1], headers, Encoding.UTF8.GetString(body));
    }
}

/// <summary>Handles one request; true keeps the connection open.</summary>
internal delegate Task<bool> Step(NetworkStream stream, CancellationToken cancellationToken);

/// <summary>A request as received.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
