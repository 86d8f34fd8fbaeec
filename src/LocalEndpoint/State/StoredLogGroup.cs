using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The streams of a group. Lines come from any thread.</summary>
/// <param name="name">Its name.</param>
/// <param name="arn">Its ARN.</param>
/// <param name="sequence">Its place in the order in which groups were made.</param>
/// <param name="createdAt">When it was made, in milliseconds since 1970.</param>
/// <param name="limit">Most bytes of a stream.</param>
internal sealed class StoredLogGroup(string name, string arn, long sequence, long createdAt, int limit)
{
    // A service whose instances die for days must not fill the memory.
    private const int MostStreams = 200;
    private const int MostFullStreams = 8;
    private const int MostPageBytes = 1024 * 1024;

    private readonly Dictionary<string, StoredLogStream> streams = new(StringComparer.Ordinal);
    private long nextSequence = 1;
    private long lastTimestamp;
    private long bytes;

    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public long Sequence { get; } = sequence;

    public long CreatedAt { get; } = createdAt;

    /// <summary>Writes a line.</summary>
    /// <param name="stream">The stream's name; it is made where it is not there.</param>
    /// <param name="at">The time.</param>
    /// <param name="text">The line.</param>
    public void Write(string stream, DateTime at, string text)
    {
        lock (streams)
        {
            lastTimestamp = Math.Max(lastTimestamp, ServiceLogNames.ToTimestamp(at));
            if (!streams.TryGetValue(stream, out var found))
            {
                if (streams.Count == MostStreams)
                    ForgetOldest(null);
                streams[stream] = found = new StoredLogStream(stream, nextSequence++, lastTimestamp, limit);
            }

            bytes -= found.Bytes;
            found.Add(nextSequence++, lastTimestamp, text);
            bytes += found.Bytes;
            while (bytes > (long)limit * MostFullStreams)
                ForgetOldest(found);
        }
    }

    /// <summary>The group as DescribeLogGroups shows it.</summary>
    public LogGroup Show()
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

    /// <summary>The streams as DescribeLogStreams shows them, in no order, each with its number.</summary>
    public List<(long Number, LogStream Shown)> ShowStreams()
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

    /// <summary>Whether it has a stream.</summary>
    public bool Has(string stream)
    {
        lock (streams)
            return streams.ContainsKey(stream);
    }

    /// <summary>Lines of several streams, oldest first.</summary>
    /// <param name="chosen">Which streams.</param>
    /// <param name="from">The place from which on to read.</param>
    /// <param name="startTime">The first time that lines may have.</param>
    /// <param name="most">Most lines; they are also bounded by their bytes.</param>
    /// <param name="passes">Which lines.</param>
    /// <param name="rest">The place from which on to go on; null where nothing is left.</param>
    public List<(string Stream, LogEvent Event)> Read(Func<string, bool> chosen, long from, long startTime, int most, Func<LogEvent, bool> passes, out long? rest)
    {
        var page = new List<(string, LogEvent)>();
        var bytes = 0;
        rest = null;
        lock (streams)
        {
            var next = new PriorityQueue<(StoredLogStream Stream, int Index), long>();
            foreach (var stream in streams.Values.Where(stream => chosen(stream.Name)))
                Enqueue(next, stream, stream.IndexOf(from, startTime));
            while (next.TryDequeue(out var place, out var at))
            {
                var line = place.Stream[place.Index];
                if (passes(line))
                {
                    bytes += StoredLogStream.Size(line.Message);
                    if (page.Count == most || (bytes > MostPageBytes && page.Count > 0))
                    {
                        rest = at;
                        return page;
                    }

                    page.Add((place.Stream.Name, line));
                }

                Enqueue(next, place.Stream, place.Index + 1);
            }
        }

        return page;
    }

    /// <summary>Lines of a stream before a place, oldest first.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="before">The place before which to end.</param>
    /// <param name="most">Most lines; they are also bounded by their bytes.</param>
    /// <param name="passes">Which lines.</param>
    public List<LogEvent> ReadBack(string stream, long before, int most, Func<LogEvent, bool> passes)
    {
        var page = new List<LogEvent>();
        var bytes = 0;
        lock (streams)
        {
            if (!streams.TryGetValue(stream, out var found))
                return page;
            for (var index = found.IndexOf(before) - 1; index >= 0 && page.Count < most; index--)
            {
                if (!passes(found[index]))
                    continue;
                bytes += StoredLogStream.Size(found[index].Message);
                if (bytes > MostPageBytes && page.Count > 0)
                    break;
                page.Add(found[index]);
            }
        }

        page.Reverse();
        return page;
    }

    private static void Enqueue(PriorityQueue<(StoredLogStream Stream, int Index), long> next, StoredLogStream stream, int index)
    {
        if (index < stream.Count)
            next.Enqueue((stream, index), stream[index].Sequence);
    }

    private void ForgetOldest(StoredLogStream? kept)
    {
        var oldest = streams.Values.Where(stream => stream.Name != ServiceLogNames.EventStream && stream != kept).MinBy(stream => stream.LastTimestamp)!;
        bytes -= oldest.Bytes;
        streams.Remove(oldest.Name);
    }
}

/// <summary>The lines of a stream, as many as fit. Guarded by its group's lock.</summary>
/// <param name="name">Its name.</param>
/// <param name="number">Its number, which no line of the group has; that of the line which says that lines are gone.</param>
/// <param name="createdAt">When it was made, in milliseconds since 1970.</param>
/// <param name="limit">Most bytes.</param>
internal sealed class StoredLogStream(string name, long number, long createdAt, int limit)
{
    // What CloudWatch counts for a line beside its text.
    private const int BytesAround = 26;
    private const string CutOff = " ... (cut off)";

    private readonly List<LogEvent> events = [];
    private int first;

    public string Name { get; } = name;

    /// <summary>Its number, which no other stream of the group has.</summary>
    public long Number { get; } = number;

    public long CreatedAt { get; } = createdAt;

    /// <summary>How many bytes it holds, as CloudWatch counts them.</summary>
    public long Bytes { get; private set; }

    /// <summary>The time of its newest line.</summary>
    public long LastTimestamp => events[^1].Timestamp;

    /// <summary>The time of its oldest line.</summary>
    public long FirstTimestamp => events[first].Timestamp;

    /// <summary>How many lines it holds.</summary>
    public int Count => events.Count - first;

    /// <summary>A line, by its place from the oldest on.</summary>
    public LogEvent this[int index] => events[first + index];

    /// <summary>Adds a line; the oldest ones go where it does not fit.</summary>
    public void Add(long sequence, long timestamp, string text)
    {
        var message = Shorten(text);
        events.Add(new LogEvent(sequence, sequence, timestamp, message));
        Bytes += Size(message);
        while (Bytes > limit && Count > 2)
            DropOldest();
    }

    /// <summary>Where the lines begin that are at or after a place in the group, and not before a time.</summary>
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

    /// <summary>The bytes that CloudWatch counts for a line.</summary>
    public static int Size(string message) => Encoding.UTF8.GetByteCount(message) + BytesAround;

    // The line that says so stands where the last of those stood that went. It comes to a reader once: its number stays the same.
    private void DropOldest()
    {
        if (events[first].Number == Number)
        {
            Bytes -= Size(events[first].Message);

            // The list keeps its place for a while, but not its text.
            events[first++] = default;
        }

        var oldest = events[first];
        var mark = new LogEvent(oldest.Sequence, Number, oldest.Timestamp, $"[AppRunner] Older lines are gone: this stream keeps its last {limit} bytes.");
        Bytes += Size(mark.Message) - Size(oldest.Message);
        events[first] = mark;
        if (first > 1024 && first > events.Count / 2)
        {
            events.RemoveRange(0, first);
            first = 0;
        }
    }

    private string Shorten(string text)
    {
        // So that a stream holds more than one line.
        var most = limit / 4;
        if (text.Length <= most / 3 || Encoding.UTF8.GetByteCount(text) <= most)
            return text;
        var length = 0;
        var bytes = CutOff.Length;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most)
                break;
            length += rune.Utf16SequenceLength;
        }

        return text[..length] + CutOff;
    }
}

/// <summary>A line of a log.</summary>
/// <param name="Sequence">Its place in its group: no two have the same, and a later one has a higher.</param>
/// <param name="Number">Its number for readers, who know it again by that.</param>
/// <param name="Timestamp">When it was written, in milliseconds since 1970; never before an earlier line of the group.</param>
/// <param name="Message">The line.</param>
internal readonly record struct LogEvent(long Sequence, long Number, long Timestamp, string Message)
{
    /// <summary>Its id as CloudWatch writes ids: 56 digits.</summary>
    public string Id => Number.ToString("D56", CultureInfo.InvariantCulture);
}
