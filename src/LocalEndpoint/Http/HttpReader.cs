using System;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Reads the start line, headers and data of messages from a socket.</summary>
/// <param name="socket">The socket.</param>
/// <param name="headBytes">The maximum size of start line and headers in bytes.</param>
/// <param name="encoding">The encoding of the headers.</param>
/// <param name="requireCrLf">Whether a line that ends with LF only is malformed.</param>
internal sealed class HttpReader(Socket socket, int headBytes, Encoding encoding, bool requireCrLf)
{
    private const int InitialBuffer = 4 * 1024;
    private const int MaxBuffer = 64 * 1024;

    // The received bytes that are not consumed yet are buffer[consumed..filled]. The first `searched` of them contain no line end.
    private byte[] buffer = new byte[InitialBuffer];
    private int consumed;
    private int filled;
    private int searched;
    private int headLeft;
    private bool wasFull;
    private Task<bool>? ahead;

    /// <summary>The total number of received bytes.</summary>
    public long Received { get; private set; }

    /// <summary>The received bytes that are not consumed yet; valid until the next receive.</summary>
    public ReadOnlyMemory<byte> Buffered => ahead is null ? buffer.AsMemory(consumed, filled - consumed) : default;

    /// <summary>Consumes buffered bytes.</summary>
    public void Consume(int count)
    {
        consumed += count;
        searched = 0;
    }

    /// <summary>Reads the request line and headers of a request.</summary>
    /// <exception cref="HttpStatusException">The message is malformed, too large or incomplete.</exception>
    public async ValueTask<RequestHead> ReadRequestHeadAsync(CancellationToken cancellationToken)
    {
        BeginHead();
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);

        // Some clients send a line break after a body that does not belong to it (RFC 9112, 2.2).
        if (line.Length == 0)
            line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var parts = line.Split(' ');
        if (parts.Length != 3 || !IsToken(parts[0]) || parts[1].Length == 0 || !parts[2].StartsWith("HTTP/", StringComparison.Ordinal))
            throw new HttpStatusException(400, "The request line is malformed.");
        if (parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
            throw new HttpStatusException(505, "Only HTTP/1.0 and HTTP/1.1 are supported.");
        return new RequestHead(parts[0], parts[1], parts[2] == "HTTP/1.1", await ReadFieldsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads the status line and headers of a response.</summary>
    /// <exception cref="HttpStatusException">The message is malformed, too large or incomplete.</exception>
    public async ValueTask<ResponseHead> ReadResponseHeadAsync(CancellationToken cancellationToken)
    {
        BeginHead();
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (line.Length < 12 || !(line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || line.StartsWith("HTTP/1.0 ", StringComparison.Ordinal))
            || !int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status < 100 || (line.Length > 12 && line[12] != ' '))
            throw new HttpStatusException(400, "The status line is malformed.");
        return new ResponseHead(status, line.Length > 12 ? line[13..] : string.Empty, line[7] == '1', await ReadFieldsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Resets the size limit, because other lines follow: headers, a chunk size or trailers.</summary>
    public void BeginHead() => headLeft = headBytes;

    /// <summary>Returns the next line without its line end; null if it is not complete yet.</summary>
    /// <exception cref="HttpStatusException">The line is malformed or too long.</exception>
    public string? TryReadLine()
    {
        var waiting = buffer.AsSpan(consumed, filled - consumed);
        var at = waiting[searched..].IndexOf((byte)'\n');
        if (at < 0)
        {
            searched = waiting.Length;
            return waiting.Length > headLeft ? throw HeadTooLarge() : null;
        }

        var line = waiting[..(searched + at)];
        headLeft -= line.Length + 1;
        if (headLeft < 0)
            throw HeadTooLarge();
        Consume(line.Length + 1);
        if (line.Length > 0 && line[^1] == '\r')
            line = line[..^1];
        else if (requireCrLf)
            throw new HttpStatusException(400, "A header line does not end with CR LF.");
        if (line.IndexOfAny((byte)'\r', (byte)0) >= 0)
            throw new HttpStatusException(400, "A header line contains control characters.");
        return encoding.GetString(line);
    }

    /// <summary>Parses a header line and adds the field.</summary>
    /// <exception cref="HttpStatusException">The line is malformed, or repeats a field that must be unique.</exception>
    public static void AddField(HttpFields fields, string line)
    {
        // Line folding (obs-fold) is rejected: it is obsolete, and used for request smuggling.
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !IsToken(line.AsSpan(0, colon)))
            throw new HttpStatusException(400, "A header is malformed.");
        var name = line[..colon];

        // If one of these is repeated, two programs may disagree about the end of the message or its host.
        if ((name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            && fields[name] is not null)
            throw new HttpStatusException(400, $"The header {name} is repeated.");
        fields.Add(name, line[(colon + 1)..].Trim(' ', '\t'));
    }

    /// <summary>Receives more bytes into the buffer; false if the peer has closed its side.</summary>
    public ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        return ahead is null ? ReceiveMoreAsync(cancellationToken) : TakeAheadAsync(ahead);

        async ValueTask<bool> TakeAheadAsync(Task<bool> early)
        {
            var more = await early.WaitAsync(cancellationToken).ConfigureAwait(false);
            ahead = null;
            return more;
        }
    }

    /// <summary>
    /// Starts the next receive early, to notice when the peer closes the connection; the result is false then. The buffer must be empty. The
    /// next call of <see cref="ReceiveAsync"/> completes with the same receive. Never throws.
    /// </summary>
    public Task<bool> ReceiveAhead() => ahead ??= AheadAsync();

    /// <summary>The error if the peer has closed its side too early.</summary>
    public static HttpStatusException UnexpectedEnd() => new(400, "The message ended unexpectedly.");

    private async Task<bool> AheadAsync()
    {
        try
        {
            return await ReceiveMoreAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async ValueTask<HttpFields> ReadFieldsAsync(CancellationToken cancellationToken)
    {
        var fields = new HttpFields();
        while (await ReadLineAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
            AddField(fields, line);
        return fields;
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryReadLine() is { } line)
                return line;
            if (!await ReceiveAsync(cancellationToken).ConfigureAwait(false))
                throw UnexpectedEnd();
        }
    }

    private HttpStatusException HeadTooLarge() => new(431, string.Create(CultureInfo.InvariantCulture, $"The headers are larger than {headBytes} bytes."));

    private async ValueTask<bool> ReceiveMoreAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var count = await socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, cancellationToken).ConfigureAwait(false);
        filled += count;
        Received += count;
        wasFull = filled == buffer.Length;
        return count > 0;
    }

    // Grows for a peer that sends much data; the buffer of an idle connection stays small.
    private void MakeRoom()
    {
        var waiting = filled - consumed;
        if (waiting > 0 && filled < buffer.Length)
            return;
        var target = (waiting == 0 ? wasFull && buffer.Length < MaxBuffer : waiting > buffer.Length / 2) ? new byte[buffer.Length * 2] : buffer;
        Buffer.BlockCopy(buffer, consumed, target, 0, waiting);
        buffer = target;
        consumed = 0;
        filled = waiting;
        wasFull = false;
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
}

/// <summary>The request line and headers of a request.</summary>
/// <param name="Method">Such as GET.</param>
/// <param name="Target">The request target, as sent.</param>
/// <param name="IsHttp11">True for HTTP/1.1, false for HTTP/1.0.</param>
/// <param name="Fields">The headers.</param>
internal sealed record RequestHead(string Method, string Target, bool IsHttp11, HttpFields Fields);

/// <summary>The status line and headers of a response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The reason phrase; may be empty.</param>
/// <param name="IsHttp11">True for HTTP/1.1, false for HTTP/1.0.</param>
/// <param name="Fields">The headers.</param>
internal sealed record ResponseHead(int Status, string Reason, bool IsHttp11, HttpFields Fields);
