using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A process group on Linux and macOS, with a session of its own, so that a terminal's Ctrl+C does not reach it.</summary>
/// <param name="processId">The group's first process, which its id is of.</param>
internal sealed class UnixProcessTree(int processId) : IProcessTree
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    // The first process of the group. Its input is a pipe whose other end only the endpoint has: when that ends, by whatever means,
    // the watcher kills the group. The guard takes the watcher along when the program has ended, so that nothing is left for init to
    // collect: in a container that can take for ever. No program is called, for PATH may be anything here. What a shell writes about a program
    // that was ended is not the program's output. The one variable that is
    // set before the program starts has a name of its own: where the program has one of that name, it would get it changed.
    private const string Guard = """
        exec 3<&0 </dev/null
        trap "" HUP INT TERM
        { while read -r line <&3; do :; done; kill -9 0; } >/dev/null 2>&1 &
        guard_watcher=$!
        trap : HUP INT TERM
        "$@" 3<&- &
        program=$!
        exec 3<&- 2>/dev/null
        wait "$program"
        code=$?
        while kill -0 "$program" 2>/dev/null; do
            wait "$program"
            code=$?
        done
        kill -9 "$guard_watcher"
        wait "$guard_watcher"
        exit "$code"
        """;

    // macOS has no setsid program.
    private const string PerlSetsid = "use POSIX (); POSIX::setsid() != -1 or die \"setsid: $!\"; exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\"";

    private static readonly Lazy<string[]?> Session = new(FindSession);

    /// <inheritdoc/>
    public bool IsAlive => Send(-processId, 0) == 0 && (!OperatingSystem.IsLinux() || HasLiveMember(processId));

    /// <summary>Makes the start of a command in a group of its own.</summary>
    /// <exception cref="DeploymentException">This computer has nothing to make groups with.</exception>
    public static ProcessStartInfo StartInfo(Command command)
    {
        if (Session.Value is not { } session)
            throw new DeploymentException("Programs cannot be run here: neither setsid nor perl is on this computer, and one of them is needed to end a program with all that it started.");
        IEnumerable<string> words = command switch
        {
            Command.Shell shell => ["/bin/sh", "-c", shell.Line],
            Command.Program program => [program.FileName, .. program.Arguments],
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
        var start = new ProcessStartInfo(session[0]);
        foreach (var word in session.Skip(1).Concat(["/bin/sh", "-c", Guard, "sh", .. words]))
            start.ArgumentList.Add(word);
        return start;
    }

    /// <summary>The group of a process that an endpoint left, where it is still that process; else null.</summary>
    /// <param name="record">What was kept of it.</param>
    public static UnixProcessTree? Find(ProcessRecord record) => record.IsAlive ? new UnixProcessTree(record.ProcessId) : null;

    /// <inheritdoc/>
    public void RequestExit() => _ = Send(-processId, SigTerm);

    /// <inheritdoc/>
    public void Kill() => _ = Send(-processId, SigKill);

    // One that has ended stays in the group until its parent has collected it.
    private static bool HasLiveMember(int group)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]))
                continue;
            try
            {
                // PID (NAME) STATE PPID PGRP ..., and a name can hold anything.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 4);
                if (words[0] is not ("Z" or "X") && words[2] == group.ToString(CultureInfo.InvariantCulture))
                    return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return false;
    }

    private static string[]? FindSession() =>
        ProgramFinder.OfSession.Find("setsid") is { } setsid ? [setsid] : ProgramFinder.OfSession.Find("perl") is { } perl ? [perl, "-e", PerlSetsid] : null;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int processId, int signal);
}

/// <summary>What is kept of a process in a file, so that a later endpoint knows it again if this one cannot end it.</summary>
/// <param name="ProcessId">Its id, which the system gives to another process some day.</param>
/// <param name="StartedAt">When it started (UTC), which distinguishes it from a later one of the same id.</param>
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
