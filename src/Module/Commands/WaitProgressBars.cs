using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using AppRunner.Model;
using AppRunner.Model.Waiting;

namespace AppRunner.Commands;

/// <summary>A progress bar for each wait; one sum for many.</summary>
/// <param name="cmdlet">The cmdlet that waits.</param>
internal sealed class WaitProgressBars(PSCmdlet cmdlet)
{
    // More bars than this fill a screen and tell less than one sum.
    private const int MaxBars = 8;

    private readonly ConcurrentDictionary<(string Arn, DateTime Begun), WaitProgress> waits = new();
    private readonly Dictionary<object, int> bars = [];
    private int begun;
    private int lastBar;
    private bool isSum;

    /// <summary>Counts one more wait.</summary>
    public void Add() => Interlocked.Increment(ref begun);

    /// <summary>Notes how far a wait has come. From any thread.</summary>
    /// <param name="progress">How far.</param>
    public void Note(WaitProgress progress) => waits[(progress.ServiceArn, progress.StartedAt)] = progress;

    /// <summary>Shows what was noted. On the pipeline's thread.</summary>
    public void Show()
    {
        var open = waits.ToArray();
        if (isSum || open.Count(wait => !wait.Value.HasEnded) > MaxBars)
        {
            ShowSum(open);
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

            var place = Arn.TryParse(wait.Value.ServiceArn, out var arn) ? $"{arn.Name} ({arn.Region})" : wait.Value.ServiceArn;
            cmdlet.WriteProgress(new ProgressRecord(id, $"{wait.Value.Type ?? "Waiting for"} {place}", $"{wait.Value.Status ?? "not listed yet"}, {Elapsed(wait.Value)}"));
        }
    }

    /// <summary>Takes all bars away. On the pipeline's thread.</summary>
    public void Close()
    {
        Show();
        foreach (var bar in bars)
            Close(bar.Value);
        bars.Clear();
    }

    private static string Elapsed(WaitProgress wait) => (DateTime.UtcNow - wait.StartedAt).ToString(@"hh\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);

    private void ShowSum(KeyValuePair<(string, DateTime), WaitProgress>[] open)
    {
        if (!isSum)
        {
            foreach (var bar in bars)
                Close(bar.Value);
            bars.Clear();
            bars[this] = ++lastBar;
            isSum = true;
        }

        foreach (var ended in open.Where(wait => wait.Value.HasEnded))
            waits.TryRemove(ended.Key, out _);
        var running = open.Where(wait => !wait.Value.HasEnded).Select(wait => wait.Value).ToArray();
        if (running.Length == 0)
            return;
        cmdlet.WriteProgress(new ProgressRecord(bars[this], $"Waiting for {begun} operations", $"{begun - running.Length} ended, {running.Length} to go, {Elapsed(running.OrderBy(wait => wait.StartedAt).First())}")
        {
            PercentComplete = 100 * (begun - running.Length) / begun,
        });
    }

    private void Close(int id) => cmdlet.WriteProgress(new ProgressRecord(id, "Done", "Done") { RecordType = ProgressRecordType.Completed });
}
