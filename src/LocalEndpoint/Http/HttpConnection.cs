using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>One peer's connection: requests one after the other, each within its limits.</summary>
internal sealed class HttpConnection
{
    private const int FirstBuffer = 4 * 1024;

    private readonly Socket socket;
    private readonly IHttpHandler handler;
    private readonly HttpLimits limits;
    private readonly CancellationToken stopping;

    // Bytes received and not yet taken: buffer[taken..filled].
    private byte[] buffer = new byte[FirstBuffer];
    private int taken;
    private int filled;
    private int headLeft;

    public HttpConnection(Socket socket, IHttpHandler handler, HttpLimits limits, CancellationToken stopping)
    {
        this.socket = socket;
        this.handler = handler;
        this.limits = limits;
        this.stopping = stopping;
        socket.NoDelay = true;
    }

    /// <summary>Ends it whatever it does.</summary>
    public void Abort() => socket.Dispose();

    /// <summary>Serves the peer until one of the two ends it. Never throws.</summary>
    public async Task RunAsync()
    {
        using var receiveLimit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var sendLimit = new CancellationTokenSource();
        try
        {
            while (await ServeOneAsync(receiveLimit, sendLimit).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer is gone, or too slow for an answer: nobody is left to tell.
        }
        finally
        {
            socket.Dispose();
        }
    }

    // True where another request may follow.
    private async Task<bool> ServeOneAsync(CancellationTokenSource receiveLimit, CancellationTokenSource sendLimit)
    {
        HttpResponse response;
        var wanted = false;
        var keep = false;
        var headOnly = false;
        try
        {
            if (taken == filled)
            {
                receiveLimit.CancelAfter(limits.Idle);
                if (!await ReceiveAsync(receiveLimit.Token).ConfigureAwait(false))
                    return false;
            }

            wanted = true;
            receiveLimit.CancelAfter(limits.Receive);
            var (request, keepAlive) = await ReadRequestAsync(receiveLimit.Token).ConfigureAwait(false);
            receiveLimit.CancelAfter(Timeout.InfiniteTimeSpan);
            response = handler.Answer(request);
            headOnly = request.Method == "HEAD";
            keep = keepAlive && !stopping.IsCancellationRequested;
        }
        catch (HttpFault fault)
        {
            response = handler.Refuse(fault);
        }
        catch (OperationCanceledException) when (wanted && !stopping.IsCancellationRequested)
        {
            response = handler.Refuse(new HttpFault(408, "The request did not arrive in time."));
        }

        sendLimit.CancelAfter(limits.Send);
        await SendAsync(response, keep, headOnly, sendLimit.Token).ConfigureAwait(false);
        sendLimit.CancelAfter(Timeout.InfiniteTimeSpan);
        if (!keep)
            await LingerAsync().ConfigureAwait(false);
        return keep;
    }

    private async Task<(HttpRequest Request, bool KeepAlive)> ReadRequestAsync(CancellationToken cancellationToken)
    {
        headLeft = limits.HeadBytes;
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);

        // Some clients end a body with a line break that is not part of it.
        if (line.Length == 0)
            line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var words = line.Split(' ');
        if (words.Length != 3 || !IsToken(words[0]) || words[1].Length == 0 || !words[2].StartsWith("HTTP/", StringComparison.Ordinal))
            throw new HttpFault(400, "The request line is malformed.");
        if (words[2] is not ("HTTP/1.1" or "HTTP/1.0"))
            throw new HttpFault(505, "Only HTTP/1.1 is spoken here.");
        if (words[1][0] != '/')
            throw new HttpFault(400, "The request's target must begin with a slash.");

        var headers = await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
        var body = await ReadBodyAsync(headers, cancellationToken).ConfigureAwait(false);
        var cut = words[1].IndexOf('?', StringComparison.Ordinal);
        var request = new HttpRequest(words[0], cut < 0 ? words[1] : words[1][..cut], cut < 0 ? string.Empty : words[1][(cut + 1)..], headers, body);
        var connection = request.Header("Connection");
        return (request, words[2] == "HTTP/1.1" && !string.Equals(connection, "close", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length == 0)
                return headers;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !IsToken(line.AsSpan(0, colon)))
                throw new HttpFault(400, "A header is malformed.");
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim(' ', '\t');
            if (!headers.TryAdd(name, value))
            {
                // Two of these say two things about where the request ends or whom it is for.
                if (name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                    throw new HttpFault(400, $"The header {name} is there twice.");
                headers[name] += "," + value;
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var chunked = headers.TryGetValue("Transfer-Encoding", out var encoding);
        if (chunked && (!string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase) || headers.ContainsKey("Content-Length")))
            throw new HttpFault(400, "The body's length is not clear.");

        long length = 0;
        if (headers.TryGetValue("Content-Length", out var lengthText) && !long.TryParse(lengthText, NumberStyles.None, CultureInfo.InvariantCulture, out length))
            throw new HttpFault(400, "Content-Length is no number.");
        if (length > limits.BodyBytes)
            throw TooLarge();
        if (!chunked && length == 0)
            return ReadOnlyMemory<byte>.Empty;
        if (headers.TryGetValue("Expect", out var expect) && expect.Equals("100-continue", StringComparison.OrdinalIgnoreCase) && taken == filled)
            await SendAllAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);

        var body = new BodyBuffer(limits.BodyBytes);
        if (!chunked)
        {
            await ReadIntoAsync(body, (int)length, cancellationToken).ConfigureAwait(false);
            return body.Content;
        }

        while (true)
        {
            headLeft = limits.HeadBytes;
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (!int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count) || count < 0)
                throw new HttpFault(400, "A chunk's size is malformed.");
            if (count > limits.BodyBytes - body.Content.Length)
                throw TooLarge();
            if (count == 0)
                break;
            await ReadIntoAsync(body, count, cancellationToken).ConfigureAwait(false);
            if ((await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length != 0)
                throw new HttpFault(400, "A chunk is longer than it says.");
        }

        // Trailers carry nothing that matters here.
        while ((await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length != 0)
        {
        }

        return body.Content;
    }

    private HttpFault TooLarge() => new(413, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limits.BodyBytes} bytes."));

    private async Task ReadIntoAsync(BodyBuffer body, int count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (taken == filled && !await ReceiveAsync(cancellationToken).ConfigureAwait(false))
                throw CutOff();
            var part = Math.Min(count, filled - taken);
            body.Append(buffer.AsSpan(taken, part));
            taken += part;
            count -= part;
        }
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var looked = taken;
        while (true)
        {
            var at = buffer.AsSpan(looked, filled - looked).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = buffer.AsSpan(taken, looked + at - taken);
                headLeft -= line.Length + 1;
                if (headLeft < 0)
                    throw HeadTooLarge();
                taken = looked + at + 1;
                if (line.Length > 0 && line[^1] == '\r')
                    line = line[..^1];
                if (line.IndexOfAny((byte)'\r', (byte)0) >= 0)
                    throw new HttpFault(400, "The request's head holds control characters.");
                return Encoding.UTF8.GetString(line);
            }

            if (filled - taken > headLeft)
                throw HeadTooLarge();
            var seen = filled - taken;
            if (!await ReceiveAsync(cancellationToken).ConfigureAwait(false))
                throw CutOff();
            looked = taken + seen;
        }
    }

    private HttpFault HeadTooLarge() => new(431, string.Create(CultureInfo.InvariantCulture, $"The request's headers are larger than {limits.HeadBytes} bytes."));

    private static HttpFault CutOff() => new(400, "The request ends in the middle.");

    // More bytes behind those that wait; false where the peer has ended its side.
    private async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (taken == filled)
        {
            taken = filled = 0;
        }
        else if (filled == buffer.Length)
        {
            var waiting = filled - taken;
            var target = waiting > buffer.Length / 2 ? new byte[buffer.Length * 2] : buffer;
            Buffer.BlockCopy(buffer, taken, target, 0, waiting);
            buffer = target;
            taken = 0;
            filled = waiting;
        }

        var count = await socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, cancellationToken).ConfigureAwait(false);
        filled += count;
        return count > 0;
    }

    private async Task SendAsync(HttpResponse response, bool keep, bool headOnly, CancellationToken cancellationToken)
    {
        var head = new StringBuilder(256);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} {Reason(response.Status)}\r\n");
        foreach (var (name, value) in response.Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {response.Body.Length}\r\n");
        if (!keep)
            head.Append("Connection: close\r\n");
        head.Append("\r\n");

        var body = headOnly ? default : response.Body.Span;
        var bytes = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head.ToString(), bytes);
        body.CopyTo(bytes.AsSpan(head.Length));
        await SendAllAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
    }

    // A socket that is closed with bytes unread resets the connection, and the peer loses the answer.
    private async Task LingerAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(limits.Linger);
        while (await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, limit.Token).ConfigureAwait(false) > 0)
        {
        }
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
                return false;
        }

        return text.Length > 0;
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        505 => "HTTP Version Not Supported",
        _ => "Status",
    };

    // Grows with what has arrived, not with what was announced: an announcement costs the peer nothing.
    private sealed class BodyBuffer(int limit)
    {
        private byte[] bytes = [];
        private int length;

        public ReadOnlyMemory<byte> Content => bytes.AsMemory(0, length);

        public void Append(ReadOnlySpan<byte> part)
        {
            if (length + part.Length > bytes.Length)
                Array.Resize(ref bytes, Math.Min(limit, Math.Max(length + part.Length, bytes.Length * 2)));
            part.CopyTo(bytes.AsSpan(length));
            length += part.Length;
        }
    }
}
