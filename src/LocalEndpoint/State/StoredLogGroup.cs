using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A log group and its streams. Thread-safe.</summary>
/// <param name="name">Its name.</param>
/// <param name="arn">Its ARN.</param>
/// <param name="sequence">Its position in creation order.</param>
/// <param name="createdAt">The creation time, in milliseconds since 1970.</param>
/// <param name="limit">The maximum size of a stream in bytes.</param>
internal sealed class StoredLogGroup(string name, string arn, long sequence, long createdAt, int limit)
{
    // Limits the memory of a service whose instances are replaced again and again.
    private const int MaxStreams = 200;
    private const int MaxFullStreams = 8;
    private const int MaxPageBytes = 1024 * 1024;

    private readonly Dictionary<string, StoredLogStream> streams = new(StringComparer.Ordinal);
    private long nextSequence = 1;
    private long lastTimestamp;
    private long bytes;

    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public long Sequence { get; } = sequence;

    public long CreatedAt { get; } = createdAt;

    /// <summary>The size of all streams.</summary>
    public long Bytes
    {
        get
        {
            lock (streams)
                return bytes;
        }
    }

    /// <summary>Writes an event.</summary>
    /// <param name="stream">The stream; it is created if it does not exist.</param>
    /// <param name="at">The time.</param>
    /// <param name="text">The message.</param>
    public void Write(string stream, DateTime at, string text)
    {
        lock (streams)
        {
            lastTimestamp = Math.Max(lastTimestamp, ServiceLogNames.ToTimestamp(at));
            if (!streams.TryGetValue(stream, out var found))
            {
                if (streams.Count == MaxStreams)
                    RemoveOldest(null);
                streams[stream] = found = new StoredLogStream(stream, nextSequence++, lastTimestamp, limit);
            }

            bytes -= found.Bytes;
            found.Add(nextSequence++, lastTimestamp, text);
            bytes += found.Bytes;
            while (bytes > (long)limit * MaxFullStreams)
                RemoveOldest(found);
        }
    }

    /// <summary>Converts the group into the response of DescribeLogGroups.</summary>
    public LogGroup ToShape()
    {
        lock (streams)
        {
            return new LogGroup
            {
                LogGroupName = Name,
                CreationTime = CreatedAt,
                MetricFilterCount = 0,
                Arn = Arn + ":*",
                LogGroupArn = Arn,
                LogGroupClass = "STANDARD",
                StoredBytes = bytes,
            };
        }
    }

    /// <summary>Converts the streams into the response of DescribeLogStreams, not sorted, each with its number.</summary>
    public List<(long Number, LogStream Shape)> ToStreamShapes()
    {
        lock (streams)
        {
            return streams.Values.Select(stream => (stream.Number, new LogStream
            {
                LogStreamName = stream.Name,
                CreationTime = stream.CreatedAt,
                FirstEventTimestamp = stream.FirstTimestamp,
                LastEventTimestamp = stream.LastTimestamp,
                LastIngestionTime = stream.LastTimestamp,
                Arn = $"{Arn}:log-stream:{stream.Name}",
                StoredBytes = 0,
            })).ToList();
        }
    }

    /// <summary>Whether a stream exists.</summary>
    public bool Has(string stream)
    {
        lock (streams)
            return streams.ContainsKey(stream);
    }

    /// <summary>Reads events of several streams, oldest first.</summary>
    /// <param name="selects">Selects the streams.</param>
    /// <param name="from">The first sequence number.</param>
    /// <param name="startTime">The first timestamp.</param>
    /// <param name="maxLines">The maximum number of events; the page is also limited to 1 MiB.</param>
    /// <param name="matches">Selects the events.</param>
    /// <param name="next">The first sequence number of the next page; null on the last page.</param>
    public List<(string Stream, LogEvent Event)> Read(Func<string, bool> selects, long from, long startTime, int maxLines, Func<LogEvent, bool> matches, out long? next)
    {
        var page = new List<(string, LogEvent)>();
        var bytes = 0;
        next = null;
        lock (streams)
        {
            var heads = new PriorityQueue<(StoredLogStream Stream, int Index), long>();
            foreach (var stream in streams.Values.Where(stream => selects(stream.Name)))
                Enqueue(heads, stream, stream.IndexOf(from, startTime));
            while (heads.TryDequeue(out var head, out var sequence))
            {
                var line = head.Stream[head.Index];
                if (matches(line))
                {
                    bytes += StoredLogStream.Size(line.Message);
                    if (page.Count == maxLines || (bytes > MaxPageBytes && page.Count > 0))
                    {
                        next = sequence;
                        return page;
                    }

                    page.Add((head.Stream.Name, line));
                }

                Enqueue(heads, head.Stream, head.Index + 1);
            }
        }

        return page;
    }

    /// <summary>Reads events of a stream before a position, oldest first.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="before">The sequence number after the last event of the page.</param>
    /// <param name="maxLines">The maximum number of events; the page is also limited to 1 MiB.</param>
    /// <param name="matches">Selects the events.</param>
    public List<LogEvent> ReadBack(string stream, long before, int maxLines, Func<LogEvent, bool> matches)
    {
        var page = new List<LogEvent>();
        var bytes = 0;
        lock (streams)
        {
            if (!streams.TryGetValue(stream, out var found))
                return page;
            for (var index = found.IndexOf(before) - 1; index >= 0 && page.Count < maxLines; index--)
            {
                if (!matches(found[index]))
                    continue;
                bytes += StoredLogStream.Size(found[index].Message);
                if (bytes > MaxPageBytes && page.Count > 0)
                    break;
                page.Add(found[index]);
            }
        }

        page.Reverse();
        return page;
    }

    private static void Enqueue(PriorityQueue<(StoredLogStream Stream, int Index), long> heads, StoredLogStream stream, int index)
    {
        if (index < stream.Count)
            heads.Enqueue((stream, index), stream[index].Sequence);
    }

    private void RemoveOldest(StoredLogStream? kept)
    {
        var oldest = streams.Values.Where(stream => stream.Name != ServiceLogNames.EventStream && stream != kept).MinBy(stream => stream.LastTimestamp)!;
        bytes -= oldest.Bytes;
        streams.Remove(oldest.Name);
    }
}

/// <summary>A log stream, which keeps its newest events. Guarded by the lock of its group.</summary>
/// <param name="name">Its name.</param>
/// <param name="number">Its number, unique among the streams and events of the group; also the number of the event that tells that older events were removed.</param>
/// <param name="createdAt">The creation time, in milliseconds since 1970.</param>
/// <param name="limit">The maximum size in bytes.</param>
internal sealed class StoredLogStream(string name, long number, long createdAt, int limit)
{
    // CloudWatch Logs adds 26 bytes to the size of each message.
    private const int BytesPerEvent = 26;
    private const string TruncationMark = " ... (truncated)";

    private readonly List<LogEvent> events = [];
    private int first;

    public string Name { get; } = name;

    /// <summary>Its number, unique in the group.</summary>
    public long Number { get; } = number;

    public long CreatedAt { get; } = createdAt;

    /// <summary>Its size in bytes, as CloudWatch Logs counts it.</summary>
    public long Bytes { get; private set; }

    /// <summary>The timestamp of the newest event.</summary>
    public long LastTimestamp => events[^1].Timestamp;

    /// <summary>The timestamp of the oldest event.</summary>
    public long FirstTimestamp => events[first].Timestamp;

    /// <summary>The number of events.</summary>
    public int Count => events.Count - first;

    /// <summary>An event, by its index from the oldest.</summary>
    public LogEvent this[int index] => events[first + index];

    /// <summary>Adds an event, and removes the oldest ones if the stream is full.</summary>
    public void Add(long sequence, long timestamp, string text)
    {
        var message = Truncate(text);
        events.Add(new LogEvent(sequence, sequence, timestamp, message));
        Bytes += Size(message);
        while (Bytes > limit && Count > 2)
            DropOldest();
    }

    /// <summary>The index of the first event with this sequence number and timestamp or higher ones.</summary>
    public int IndexOf(long sequence, long timestamp = 0)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (this[middle].Sequence < sequence || this[middle].Timestamp < timestamp)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The size of a message, as CloudWatch Logs counts it.</summary>
    public static int Size(string message) => Encoding.UTF8.GetByteCount(message) + BytesPerEvent;

    // Replaces the oldest events by one event that says that events were removed. It keeps its number, so that a client that follows the log
    // gets it once only.
    private void DropOldest()
    {
        if (events[first].Number == Number)
        {
            Bytes -= Size(events[first].Message);

            // The slot is kept until the list is compacted; the text can be collected now.
            events[first++] = default;
        }

        var oldest = events[first];
        var mark = new LogEvent(oldest.Sequence, Number, oldest.Timestamp, $"[AppRunner] Older events were removed: this stream keeps its last {limit} bytes.");
        Bytes += Size(mark.Message) - Size(oldest.Message);
        events[first] = mark;
        if (first > 1024 && first > events.Count / 2)
        {
            events.RemoveRange(0, first);
            first = 0;
        }
    }

    private string Truncate(string text)
    {
        // A quarter of the limit, so that a stream has room for several events.
        var maxBytes = limit / 4;
        if (text.Length <= maxBytes / 3 || Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        var length = 0;
        var bytes = TruncationMark.Length;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
                break;
            length += rune.Utf16SequenceLength;
        }

        return text[..length] + TruncationMark;
    }
}

/// <summary>A log event.</summary>
/// <param name="Sequence">Its sequence number in the group; later events have higher ones.</param>
/// <param name="Number">The number that identifies it for readers.</param>
/// <param name="Timestamp">The time in milliseconds since 1970, never before that of an earlier event of the group.</param>
/// <param name="Message">The message.</param>
internal readonly record struct LogEvent(long Sequence, long Number, long Timestamp, string Message)
{
    /// <summary>Its id in the format of CloudWatch Logs: 56 digits.</summary>
    public string Id => Number.ToString("D56", CultureInfo.InvariantCulture);
}
