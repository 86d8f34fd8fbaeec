using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>A body as it streams in, part by part, whatever its framing.</summary>
internal sealed class HttpBody
{
    private readonly HttpReader reader;
    private readonly bool lastsUntilClose;
    private Place place;
    private long left;

    private HttpBody(HttpReader reader, BodyLength kind, long length)
    {
        this.reader = reader;
        Kind = length == 0 && kind == BodyLength.Known ? BodyLength.None : kind;
        lastsUntilClose = kind == BodyLength.UntilClose;
        left = lastsUntilClose ? long.MaxValue : length;
        place = Kind switch
        {
            BodyLength.None => Place.End,
            BodyLength.Chunked => Place.ChunkSize,
            _ => Place.Data,
        };
        reader.BeginHead();
    }

    private enum Place
    {
        Data,
        ChunkSize,
        ChunkEnd,
        Trailers,
        End,
    }

    /// <summary>Its framing.</summary>
    public BodyLength Kind { get; }

    /// <summary>How many bytes are still to come at least, as far as the peer has announced: of the body, or of the chunk.</summary>
    public long Announced => lastsUntilClose ? 0 : left;

    /// <summary>Its last byte has come, and what follows it.</summary>
    public bool IsEnded => place == Place.End;

    /// <summary>A part of it has been given out: it can no longer be had from the beginning.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>The fields behind a chunked body; complete when it has ended.</summary>
    public HttpFields Trailers { get; } = new();

    /// <summary>The body of a request.</summary>
    /// <exception cref="HttpStatusException">Where it ends is not clear.</exception>
    public static HttpBody OfRequest(HttpReader reader, HttpFields fields)
    {
        var (kind, length) = LengthOf(fields);
        return new HttpBody(reader, kind, length);
    }

    /// <summary>The body of a response.</summary>
    /// <exception cref="HttpStatusException">Where it ends is not clear.</exception>
    public static HttpBody OfResponse(HttpReader reader, ResponseHead head, string method)
    {
        if (method == "HEAD" || head.Status is < 200 or 204 or 304)
            return new HttpBody(reader, BodyLength.None, 0);
        var (kind, length) = LengthOf(head.Fields);
        return kind == BodyLength.None ? new HttpBody(reader, BodyLength.UntilClose, 0) : new HttpBody(reader, kind, length);
    }

    /// <summary>The next part of what has come already.</summary>
    /// <param name="part">The part, good until the next receive.</param>
    /// <exception cref="HttpStatusException">The body is malformed.</exception>
    public BodyStep Next(out ReadOnlyMemory<byte> part)
    {
        while (true)
        {
            part = default;
            switch (place)
            {
                case Place.End:
                    return BodyStep.End;
                case Place.Data when left == 0:
                    place = Kind == BodyLength.Chunked ? Place.ChunkEnd : Place.End;
                    reader.BeginHead();
                    continue;
                case Place.Data:
                    var waiting = reader.Buffered;
                    if (waiting.Length == 0)
                        return BodyStep.More;
                    part = waiting.Length > left ? waiting[..(int)left] : waiting;
                    reader.Consume(part.Length);
                    left -= lastsUntilClose ? 0 : part.Length;
                    IsStarted = true;
                    return BodyStep.Part;
            }

            if (reader.TryReadLine() is not { } line)
                return BodyStep.More;
            IsStarted = true;
            switch (place)
            {
                case Place.ChunkEnd when line.Length != 0:
                    throw new HttpStatusException(400, "A chunk is longer than it says.");
                case Place.ChunkEnd:
                    place = Place.ChunkSize;
                    break;
                case Place.ChunkSize:
                    left = ChunkSize(line);
                    place = left == 0 ? Place.Trailers : Place.Data;
                    break;
                case Place.Trailers when line.Length != 0:
                    HttpReader.AddField(Trailers, line);
                    break;
                case Place.Trailers:
                    place = Place.End;
                    break;
            }
        }
    }

    /// <summary>Waits for more.</summary>
    /// <exception cref="HttpStatusException">The peer has ended its side, and the body is not complete.</exception>
    public async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        if (await reader.ReceiveAsync(cancellationToken).ConfigureAwait(false))
            return;
        if (!lastsUntilClose)
            throw HttpReader.CutOff();
        place = Place.End;
    }

    private static (BodyLength Kind, long Length) LengthOf(HttpFields fields)
    {
        var encoding = fields["Transfer-Encoding"];
        var lengthText = fields["Content-Length"];
        if (encoding is not null && (!encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase) || lengthText is not null))
            throw new HttpStatusException(400, "The body's length is not clear.");
        if (encoding is not null)
            return (BodyLength.Chunked, 0);
        if (lengthText is null)
            return (BodyLength.None, 0);
        return long.TryParse(lengthText, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? (BodyLength.Known, length)
            : throw new HttpStatusException(400, "Content-Length is no number.");
    }

    // A chunk larger than an int is refused.
    private static int ChunkSize(string line)
    {
        var end = line.IndexOf(';', StringComparison.Ordinal);
        var digits = (end < 0 ? line : line.AsSpan(0, end)).TrimEnd(" \t");
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) && size >= 0
            ? size
            : throw new HttpStatusException(400, "A chunk's size is malformed.");
    }
}

/// <summary>The framing of a body.</summary>
internal enum BodyLength
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>By Content-Length.</summary>
    Known,

    /// <summary>By the last chunk.</summary>
    Chunked,

    /// <summary>By the end of the connection.</summary>
    UntilClose,
}

/// <summary>What a body has next.</summary>
internal enum BodyStep
{
    /// <summary>A part.</summary>
    Part,

    /// <summary>Nothing that has come yet.</summary>
    More,

    /// <summary>Nothing any more.</summary>
    End,
}
