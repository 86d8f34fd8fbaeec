using System;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Reads heads and bytes from a socket: the one place that knows what a head looks like.</summary>
/// <param name="socket">What it reads from.</param>
/// <param name="headBytes">Bytes that a head may have.</param>
/// <param name="encoding">What the bytes of a head mean.</param>
/// <param name="needsReturn">A line must end with CR LF; a LF alone is malformed.</param>
internal sealed class HttpReader(Socket socket, int headBytes, Encoding encoding, bool needsReturn)
{
    private const int FirstBuffer = 4 * 1024;
    private const int LargestBuffer = 64 * 1024;

    // Bytes received and not yet taken: buffer[taken..filled]. No line ends in the first `searched` of them.
    private byte[] buffer = new byte[FirstBuffer];
    private int taken;
    private int filled;
    private int searched;
    private int headLeft;
    private bool wasFull;
    private Task<bool>? ahead;

    /// <summary>How many bytes have ever come.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes that have come and were not taken yet; good until the next receive.</summary>
    public ReadOnlyMemory<byte> Buffered => ahead is null ? buffer.AsMemory(taken, filled - taken) : default;

    /// <summary>Takes bytes of those that are buffered.</summary>
    public void Consume(int count)
    {
        taken += count;
        searched = 0;
    }

    /// <summary>Reads a request's first line and headers.</summary>
    /// <exception cref="HttpStatusException">It is malformed, too large, or cut off.</exception>
    public async ValueTask<RequestHead> ReadRequestHeadAsync(CancellationToken cancellationToken)
    {
        BeginHead();
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);

        // Some clients end a body with a line break that is not part of it.
        if (line.Length == 0)
            line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var words = line.Split(' ');
        if (words.Length != 3 || !IsToken(words[0]) || words[1].Length == 0 || !words[2].StartsWith("HTTP/", StringComparison.Ordinal))
            throw new HttpStatusException(400, "The request line is malformed.");
        if (words[2] is not ("HTTP/1.1" or "HTTP/1.0"))
            throw new HttpStatusException(505, "Only HTTP/1.1 is spoken here.");
        return new RequestHead(words[0], words[1], words[2] == "HTTP/1.1", await ReadFieldsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads a response's first line and headers.</summary>
    /// <exception cref="HttpStatusException">It is malformed, too large, or cut off.</exception>
    public async ValueTask<ResponseHead> ReadResponseHeadAsync(CancellationToken cancellationToken)
    {
        BeginHead();
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (line.Length < 12 || !(line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || line.StartsWith("HTTP/1.0 ", StringComparison.Ordinal))
            || !int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status < 100 || (line.Length > 12 && line[12] != ' '))
            throw new HttpStatusException(400, "The status line is malformed.");
        return new ResponseHead(status, line.Length > 12 ? line[13..] : string.Empty, line[7] == '1', await ReadFieldsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What follows is a head of its own, which may be as large as a head may be.</summary>
    public void BeginHead() => headLeft = headBytes;

    /// <summary>The next buffered line without its end; null where it has not come whole.</summary>
    /// <exception cref="HttpStatusException">It holds what no head may hold, or is too long.</exception>
    public string? TryReadLine()
    {
        var waiting = buffer.AsSpan(taken, filled - taken);
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
        else if (needsReturn)
            throw new HttpStatusException(400, "A line of the head does not end with CR LF.");
        if (line.IndexOfAny((byte)'\r', (byte)0) >= 0)
            throw new HttpStatusException(400, "The head holds control characters.");
        return encoding.GetString(line);
    }

    /// <summary>Adds the field that a line is.</summary>
    /// <exception cref="HttpStatusException">It is malformed, or repeats a field that may be there once.</exception>
    public static void AddField(HttpFields fields, string line)
    {
        // No obs-fold (a line that continues the one before): it is obsolete, and used to smuggle headers past a proxy.
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !IsToken(line.AsSpan(0, colon)))
            throw new HttpStatusException(400, "A header is malformed.");
        var name = line[..colon];

        // Two of these contradict each other about where the message ends or which host it is for.
        if ((name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            && fields[name] is not null)
            throw new HttpStatusException(400, $"The header {name} is there twice.");
        fields.Add(name, line[(colon + 1)..].Trim(' ', '\t'));
    }

    /// <summary>Waits for more bytes behind those that are buffered; false where the peer has ended its side.</summary>
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
    /// Begins the next receive before anybody wants its bytes, so that it is seen when the peer goes away; false where it did. Nothing may
    /// be buffered, and the next one to read gets what came. Never throws.
    /// </summary>
    public Task<bool> ReceiveAhead() => ahead ??= AheadAsync();

    /// <summary>The error where the peer has ended its side too early.</summary>
    public static HttpStatusException CutOff() => new(400, "The message ends in the middle.");

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
                throw CutOff();
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

    // A peer that sends much gets a larger buffer; what lies idle stays small.
    private void MakeRoom()
    {
        var waiting = filled - taken;
        if (waiting > 0 && filled < buffer.Length)
            return;
        var target = (waiting == 0 ? wasFull && buffer.Length < LargestBuffer : waiting > buffer.Length / 2) ? new byte[buffer.Length * 2] : buffer;
        Buffer.BlockCopy(buffer, taken, target, 0, waiting);
        buffer = target;
        taken = 0;
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

/// <summary>What a request says before its body.</summary>
/// <param name="Method">Such as GET.</param>
/// <param name="Target">As sent.</param>
/// <param name="IsHttp11">HTTP/1.1, not HTTP/1.0.</param>
/// <param name="Fields">The headers.</param>
internal sealed record RequestHead(string Method, string Target, bool IsHttp11, HttpFields Fields);

/// <summary>What a response says before its body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">What stands behind it; may be empty.</param>
/// <param name="IsHttp11">HTTP/1.1, not HTTP/1.0.</param>
/// <param name="Fields">The headers.</param>
internal sealed record ResponseHead(int Status, string Reason, bool IsHttp11, HttpFields Fields);
