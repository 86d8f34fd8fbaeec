using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>What is kept of a process in a file, so that a later endpoint knows it again if this one cannot end it.</summary>
/// <param name="ProcessId">Its id, which the system gives to another process some day.</param>
/// <param name="StartedAt">When it started (UTC), by which it is told from another one.</param>
internal sealed record ProcessRecord(int ProcessId, DateTime StartedAt)
{
    // The system keeps start times to a hundredth of a second, counted from a boot time that is computed anew.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Whether it is still that process.</summary>
    public bool IsAlive => StartOf(ProcessId) is { } startedAt && (startedAt - StartedAt).Duration() < Tolerance;

    /// <summary>The record of a process that runs; null where it has ended.</summary>
    public static ProcessRecord? Of(int processId) => StartOf(processId) is { } startedAt ? new ProcessRecord(processId, startedAt) : null;

    /// <summary>Reads a file; null where it holds none.</summary>
    public static ProcessRecord? Read(string file)
    {
        try
        {
            var words = File.ReadAllText(file).Split(' ');
            return words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId) && processId > 1
                && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
                ? new ProcessRecord(processId, new DateTime(ticks, DateTimeKind.Utc))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it to a file.</summary>
    public void Write(string file) => File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{ProcessId} {StartedAt.Ticks}"));

    private static DateTime? StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }
}
