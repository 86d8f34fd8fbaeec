using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using AppRunner.Model;
using AppRunner.Model.Waiting;

namespace AppRunner.Commands;

/// <summary>Shows a progress bar for each wait, or one summary bar for many waits.</summary>
/// <param name="cmdlet">The cmdlet that waits.</param>
internal sealed class WaitProgressBars(PSCmdlet cmdlet)
{
    // With more bars than this, one summary bar is easier to read.
    private const int MaxBars = 8;

    private static readonly Regex ControlSequence = new(@"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x1f\x7f]", RegexOptions.CultureInvariant);

    private readonly ConcurrentDictionary<(string Arn, DateTime Started), WaitProgress> waits = new();
    private readonly Dictionary<object, int> bars = [];
    private readonly ConcurrentDictionary<string, (int Number, string Line)> lines = new(StringComparer.Ordinal);
    private int started;
    private int lastLine;
    private int lastBar;
    private bool isSummary;

    /// <summary>Counts a wait.</summary>
    public void Add() => Interlocked.Increment(ref started);

    /// <summary>Keeps the latest progress of a wait. Can be called on any thread.</summary>
    /// <param name="progress">The progress.</param>
    public void Update(WaitProgress progress) => waits[(progress.ServiceArn, progress.StartedAt)] = progress;

    /// <summary>Keeps the newest line of an operation's log. Can be called on any thread.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="line">The line.</param>
    public void Update(string operationId, string line) => lines[operationId] = (Interlocked.Increment(ref lastLine), OneLine(line));

    /// <summary>The operation that a wait for a service has found; null if there is none yet. Can be called on any thread.</summary>
    /// <param name="serviceArn">The service.</param>
    public string? OperationIdOf(string serviceArn) => waits.Values.FirstOrDefault(wait => wait.ServiceArn == serviceArn && wait.OperationId is not null)?.OperationId;

    /// <summary>Shows the latest progress. Call it on the pipeline thread.</summary>
    public void Show()
    {
        var open = waits.ToArray();
        if (isSummary || open.Count(wait => !wait.Value.HasEnded) > MaxBars)
        {
            ShowSummary(open);
            return;
        }

        foreach (var wait in open)
        {
            if (!bars.TryGetValue(wait.Key, out var id))
                bars[wait.Key] = id = ++lastBar;
            if (wait.Value.HasEnded)
            {
                waits.TryRemove(wait.Key, out _);
                bars.Remove(wait.Key);
                Close(id);
                continue;
            }

            var line = LineOf(wait.Value).Line;
            cmdlet.WriteProgress(new ProgressRecord(id, $"{wait.Value.Type ?? "Waiting for"} {NameOf(wait.Value)}", $"{wait.Value.Status ?? "not listed yet"}, {Elapsed(wait.Value)}{(line.Length > 0 ? ": " + line : string.Empty)}"));
        }
    }

    /// <summary>Completes all bars. Call it on the pipeline thread.</summary>
    public void Close()
    {
        Show();
        foreach (var bar in bars)
            Close(bar.Value);
        bars.Clear();
    }

    // The output of a build may have colors and other control sequences.
    private static string OneLine(string line) => ControlSequence.Replace(line, string.Empty).Trim();

    private static string NameOf(WaitProgress wait) => Arn.TryParse(wait.ServiceArn, out var arn) ? $"{arn.Name} ({arn.Region})" : wait.ServiceArn;

    // A greater number means a newer line.
    private (int Number, string Line) LineOf(WaitProgress wait) => wait.OperationId is { } id && lines.TryGetValue(id, out var line) ? line : (0, string.Empty);

    private static string Elapsed(WaitProgress wait) => (DateTime.UtcNow - wait.StartedAt).ToString(@"hh\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);

    private void ShowSummary(KeyValuePair<(string, DateTime), WaitProgress>[] open)
    {
        if (!isSummary)
        {
            foreach (var bar in bars)
                Close(bar.Value);
            bars.Clear();
            bars[this] = ++lastBar;
            isSummary = true;
        }

        foreach (var ended in open.Where(wait => wait.Value.HasEnded))
            waits.TryRemove(ended.Key, out _);
        var running = open.Where(wait => !wait.Value.HasEnded).Select(wait => wait.Value).ToArray();
        if (running.Length == 0)
            return;
        var (_, line, writer) = running.Select(wait => (LineOf(wait).Number, LineOf(wait).Line, NameOf(wait))).Where(one => one.Line.Length > 0).OrderByDescending(one => one.Number).FirstOrDefault();
        cmdlet.WriteProgress(new ProgressRecord(
            bars[this],
            $"Waiting for {started} operations",
            $"{started - running.Length} finished, {running.Length} remaining, {Elapsed(running.OrderBy(wait => wait.StartedAt).First())}{(line is null ? string.Empty : $": {writer}: {line}")}")
        {
            PercentComplete = 100 * (started - running.Length) / started,
        });
    }

    private void Close(int id) => cmdlet.WriteProgress(new ProgressRecord(id, "Done", "Done") { RecordType = ProgressRecordType.Completed });
}
