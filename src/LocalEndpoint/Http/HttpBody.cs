using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>A message body, read as a stream.</summary>
internal sealed class HttpBody
{
    private readonly HttpReader reader;
    private readonly bool endsWithConnection;
    private State state;
    private long remaining;

    private HttpBody(HttpReader reader, BodyFraming kind, long length)
    {
        this.reader = reader;
        Kind = length == 0 && kind == BodyFraming.ContentLength ? BodyFraming.None : kind;
        endsWithConnection = kind == BodyFraming.UntilClose;
        remaining = endsWithConnection ? long.MaxValue : length;
        state = Kind switch
        {
            BodyFraming.None => State.End,
            BodyFraming.Chunked => State.ChunkSize,
            _ => State.Data,
        };
        reader.BeginHead();
    }

    private enum State
    {
        Data,
        ChunkSize,
        ChunkEnd,
        Trailers,
        End,
    }

    /// <summary>The framing.</summary>
    public BodyFraming Kind { get; }

    /// <summary>The declared number of bytes that are not read yet: of the body, or of the current chunk.</summary>
    public long DeclaredLength => endsWithConnection ? 0 : remaining;

    /// <summary>The body, with its trailers, has been read to the end.</summary>
    public bool IsEnded => state == State.End;

    /// <summary>A part of the body has been read, so it cannot be read from the beginning again.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>The trailers of a chunked body; complete when the body has ended.</summary>
    public HttpFields Trailers { get; } = new();

    /// <summary>The body of a request.</summary>
    /// <exception cref="HttpStatusException">The length of the body is ambiguous.</exception>
    public static HttpBody OfRequest(HttpReader reader, HttpFields fields)
    {
        var (kind, length) = LengthOf(fields);
        return new HttpBody(reader, kind, length);
    }

    /// <summary>The body of a response.</summary>
    /// <exception cref="HttpStatusException">The length of the body is ambiguous.</exception>
    public static HttpBody OfResponse(HttpReader reader, ResponseHead head, string method)
    {
        if (method == "HEAD" || head.Status is < 200 or 204 or 304)
            return new HttpBody(reader, BodyFraming.None, 0);
        var (kind, length) = LengthOf(head.Fields);
        return kind == BodyFraming.None ? new HttpBody(reader, BodyFraming.UntilClose, 0) : new HttpBody(reader, kind, length);
    }

    /// <summary>Returns the next received data.</summary>
    /// <param name="data">The data, valid until the next receive.</param>
    /// <exception cref="HttpStatusException">The body is malformed.</exception>
    public BodyReadResult Next(out ReadOnlyMemory<byte> data)
    {
        while (true)
        {
            data = default;
            switch (state)
            {
                case State.End:
                    return BodyReadResult.End;
                case State.Data when remaining == 0:
                    state = Kind == BodyFraming.Chunked ? State.ChunkEnd : State.End;
                    reader.BeginHead();
                    continue;
                case State.Data:
                    var waiting = reader.Buffered;
                    if (waiting.Length == 0)
                        return BodyReadResult.NeedMore;
                    data = waiting.Length > remaining ? waiting[..(int)remaining] : waiting;
                    reader.Consume(data.Length);
                    remaining -= endsWithConnection ? 0 : data.Length;
                    IsStarted = true;
                    return BodyReadResult.Data;
            }

            if (reader.TryReadLine() is not { } line)
                return BodyReadResult.NeedMore;
            IsStarted = true;
            switch (state)
            {
                case State.ChunkEnd when line.Length != 0:
                    throw new HttpStatusException(400, "The data of a chunk is longer than its size.");
                case State.ChunkEnd:
                    state = State.ChunkSize;
                    break;
                case State.ChunkSize:
                    remaining = ChunkSize(line);
                    state = remaining == 0 ? State.Trailers : State.Data;
                    break;
                case State.Trailers when line.Length != 0:
                    HttpReader.AddField(Trailers, line);
                    break;
                case State.Trailers:
                    state = State.End;
                    break;
            }
        }
    }

    /// <summary>Waits for more data.</summary>
    /// <exception cref="HttpStatusException">The peer has closed its side before the end of the body.</exception>
    public async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        if (await reader.ReceiveAsync(cancellationToken).ConfigureAwait(false))
            return;
        if (!endsWithConnection)
            throw HttpReader.UnexpectedEnd();
        state = State.End;
    }

    private static (BodyFraming Kind, long Length) LengthOf(HttpFields fields)
    {
        var encoding = fields["Transfer-Encoding"];
        var lengthText = fields["Content-Length"];
        if (encoding is not null && (!encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase) || lengthText is not null))
            throw new HttpStatusException(400, "The length of the body is ambiguous: send either Content-Length or Transfer-Encoding: chunked.");
        if (encoding is not null)
            return (BodyFraming.Chunked, 0);
        if (lengthText is null)
            return (BodyFraming.None, 0);
        return long.TryParse(lengthText, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? (BodyFraming.ContentLength, length)
            : throw new HttpStatusException(400, "Content-Length is not a valid number.");
    }

    // Chunks larger than an int are rejected.
    private static int ChunkSize(string line)
    {
        var end = line.IndexOf(';', StringComparison.Ordinal);
        var digits = (end < 0 ? line : line.AsSpan(0, end)).TrimEnd(" \t");
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) && size >= 0
            ? size
            : throw new HttpStatusException(400, "The size of a chunk is malformed.");
    }
}

/// <summary>The framing of a body.</summary>
internal enum BodyFraming
{
    /// <summary>No body.</summary>
    None,

    /// <summary>The length is in Content-Length.</summary>
    ContentLength,

    /// <summary>Transfer-Encoding: chunked.</summary>
    Chunked,

    /// <summary>The body ends when the connection is closed.</summary>
    UntilClose,
}

/// <summary>The result of reading a body.</summary>
internal enum BodyReadResult
{
    /// <summary>Data was read.</summary>
    Data,

    /// <summary>More data must be received first.</summary>
    NeedMore,

    /// <summary>The body has ended.</summary>
    End,
}
