using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using AppRunner.Shell.Terminal;

namespace AppRunner.Shell.Hosting;

/// <summary>One line per activity, children indented below their parent, gone when completed.</summary>
internal sealed class ProgressArea(ConsoleTerminal terminal)
{
    private const int MaxWidth = 120;
    private const int MaxActivityShare = 2;
    private readonly List<(long Source, ProgressRecord Record)> _activities = [];

    public void Update(long source, ProgressRecord record)
    {
        if (!terminal.IsOutputTerminal)
            return;
        lock (_activities)
        {
            var index = _activities.FindIndex(a => a.Source == source && a.Record.ActivityId == record.ActivityId);
            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (index >= 0)
                    RemoveWithChildren(source, record.ActivityId);
            }
            else if (index >= 0)
            {
                _activities[index] = (source, record);
            }
            else
            {
                _activities.Add((source, record));
            }

            terminal.ShowProgress(Lines());
        }
    }

    public void Reset()
    {
        lock (_activities)
        {
            if (_activities.Count == 0)
                return;
            _activities.Clear();
            terminal.ShowProgress([]);
        }
    }

    private void RemoveWithChildren(long source, int id)
    {
        _activities.RemoveAll(a => a.Source == source && a.Record.ActivityId == id);
        foreach (var child in _activities.Where(a => a.Source == source && a.Record.ParentActivityId == id).ToList())
            RemoveWithChildren(source, child.Record.ActivityId);
    }

    private List<string> Lines()
    {
        var lines = new List<string>();
        // Half the screen at most: what was written above stays in sight.
        var room = Math.Max(1, ConsoleTerminal.Height / 2);
        foreach (var (source, record) in _activities.Where(IsTop).ToList())
            AddWithChildren(lines, source, record, 0, room);
        return lines;
    }

    private bool IsTop((long Source, ProgressRecord Record) activity) =>
        activity.Record.ParentActivityId < 0
        || !_activities.Any(a => a.Source == activity.Source && a.Record.ActivityId == activity.Record.ParentActivityId);

    private void AddWithChildren(List<string> lines, long source, ProgressRecord record, int depth, int room)
    {
        if (lines.Count >= room || depth > room)
            return;
        lines.Add(Line(record, depth));
        foreach (var child in _activities.Where(a => a.Source == source && a.Record.ParentActivityId == record.ActivityId && a.Record.ActivityId != record.ActivityId).ToList())
            AddWithChildren(lines, source, child.Record, depth + 1, room);
    }

    private string Line(ProgressRecord record, int depth)
    {
        // One column stays free: writing into the last one would wrap.
        var width = Math.Min(MaxWidth, ConsoleTerminal.Width) - 1;
        var activity = new string(' ', depth * 2) + Text.Fit(Text.OneLine(record.Activity), Math.Max(8, (width / MaxActivityShare) - (depth * 2)));
        var status = Text.OneLine(record.StatusDescription);
        if (!string.IsNullOrEmpty(record.CurrentOperation))
            status += $" ({Text.OneLine(record.CurrentOperation)})";
        if (record.PercentComplete >= 0)
            status = string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100, record.PercentComplete)}% {status}");
        if (record.SecondsRemaining >= 0)
            status += " " + TimeSpan.FromSeconds(record.SecondsRemaining).ToString("c", CultureInfo.InvariantCulture);

        var room = Math.Max(4, width - Text.Cells(activity) - 3);
        var bar = Text.Pad(Text.Fit(status, room), room);
        var done = record.PercentComplete < 0 ? 0 : Text.SplitAt(bar, room * Math.Min(100, record.PercentComplete) / 100);
        var style = PSStyle.Instance;
        if (terminal.OutputColour)
            return $"{style.Progress.Style}{activity} [{style.Reverse}{bar[..done]}{style.ReverseOff}{bar[done..]}]{style.Reset}";
        return $"{activity} [{bar}]";
    }
}
