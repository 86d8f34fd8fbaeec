using System.Collections.Generic;
using System.Text;

namespace AppRunner.LocalEndpoint.Logs;

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
