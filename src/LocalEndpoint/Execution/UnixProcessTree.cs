using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A process group on Linux and macOS, in its own session, so that Ctrl+C in the terminal does not reach it.</summary>
/// <param name="processId">The first process of the group, whose id is also the group id.</param>
internal sealed class UnixProcessTree(int processId) : IProcessTree
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    // The script of the first process of the group:
    // 1. The watcher reads standard input, a pipe from the endpoint. It ends when the endpoint ends, also by a kill; then the watcher kills
    //    the group.
    // 2. The program starts, without access to the pipe. The shell ignores signals, and waits for the program's exit code.
    // 3. The shell kills and collects the watcher: as an orphan it would wait for init, which a container may not have.
    // It uses shell built-ins only, because PATH may not have any programs. Messages of the shell about killed processes are discarded. The
    // variable that is set before the program starts has an unusual name, because a variable of the program with that name would change.
    private const string WatcherScript = """
        exec 3<&0 </dev/null
        trap "" HUP INT TERM
        { while read -r line <&3; do :; done; kill -9 0; } >/dev/null 2>&1 &
        apprunner_watcher=$!
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
        kill -9 "$apprunner_watcher"
        wait "$apprunner_watcher"
        exit "$code"
        """;

    // For macOS, which has no setsid program.
    private const string PerlSetsid = "use POSIX (); POSIX::setsid() != -1 or die \"setsid: $!\"; exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\"";

    private static readonly Lazy<string[]?> Session = new(FindSession);

    /// <inheritdoc/>
    public bool IsAlive => Send(-processId, 0) == 0 && (!OperatingSystem.IsLinux() || HasLiveMember(processId));

    /// <summary>Creates the start information of a command in a new group.</summary>
    /// <exception cref="DeploymentException">Neither setsid nor perl is available.</exception>
    public static ProcessStartInfo StartInfo(Command command)
    {
        if (Session.Value is not { } session)
            throw new DeploymentException("setsid or perl is required to run programs, and neither is on the PATH. They start a program in its own process group, so that it can be stopped with its child processes.");
        IEnumerable<string> arguments = command switch
        {
            Command.Shell shell => ["/bin/sh", "-c", shell.Line],
            Command.Program program => [program.FileName, .. program.Arguments],
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
        var start = new ProcessStartInfo(session[0]);
        foreach (var argument in session.Skip(1).Concat(["/bin/sh", "-c", WatcherScript, "sh", .. arguments]))
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Finds the group of a process that an earlier endpoint recorded; null if that process has ended.</summary>
    /// <param name="record">The record.</param>
    public static UnixProcessTree? Find(ProcessRecord record) => record.IsAlive ? new UnixProcessTree(record.ProcessId) : null;

    /// <inheritdoc/>
    public void RequestExit() => _ = Send(-processId, SigTerm);

    /// <inheritdoc/>
    public void Kill() => _ = Send(-processId, SigKill);

    /// <inheritdoc/>
    public ProgramUsage? Usage()
    {
        if (!OperatingSystem.IsLinux())
            return UsageOf(processId);
        var (ticks, pages) = (0L, 0L);
        foreach (var fields in MembersOf(processId))
        {
            // utime, stime, cutime and cstime, in 1/100 s; rss.
            for (var i = 11; i <= 14; i++)
                ticks += long.Parse(fields[i], CultureInfo.InvariantCulture);
            pages += long.Parse(fields[21], CultureInfo.InvariantCulture);
        }

        return new ProgramUsage(TimeSpan.FromMilliseconds(ticks * 10), pages * Environment.SystemPageSize);
    }

    /// <summary>What the processes of a group use, on systems without /proc. The time of those that have ended is not in it.</summary>
    /// <param name="group">The id of the group.</param>
    internal static ProgramUsage UsageOf(int group)
    {
        var all = Process.GetProcesses();
        var members = all.Where(process => GroupOf(process.Id) == group).ToArray();
        foreach (var other in all.Except(members))
            other.Dispose();
        return ProgramUsage.Of(members);
    }

    // A zombie stays in the group until its parent has collected it.
    private static bool HasLiveMember(int group) => MembersOf(group).Any(fields => fields[0] is not ("Z" or "X"));

    // The fields of /proc/PID/stat after the name, of each process of a group.
    private static IEnumerable<string[]> MembersOf(int group)
    {
        var id = group.ToString(CultureInfo.InvariantCulture);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]))
                continue;
            string[] fields;
            try
            {
                // PID (NAME) STATE PPID PGRP ..., and NAME can contain spaces and parentheses.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The process has ended meanwhile.
                continue;
            }

            if (fields[2] == id)
                yield return fields;
        }
    }

    private static string[]? FindSession() =>
        ProgramFinder.OfSession.Find("setsid") is { } setsid ? [setsid] : ProgramFinder.OfSession.Find("perl") is { } perl ? [perl, "-e", PerlSetsid] : null;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int processId, int signal);

    // -1 if the process has ended.
    [DllImport("libc", EntryPoint = "getpgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GroupOf(int processId);
}

/// <summary>The record of a process in a file, by which a later endpoint finds it if this endpoint is killed.</summary>
/// <param name="ProcessId">The process id, which the system may reuse.</param>
/// <param name="StartedAt">The start time (UTC), which distinguishes it from a later process with the same id.</param>
internal sealed record ProcessRecord(int ProcessId, DateTime StartedAt)
{
    // Linux stores start times in 1/100 s since boot, and the computed boot time varies.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Whether the process still runs.</summary>
    public bool IsAlive => StartOf(ProcessId) is { } startedAt && (startedAt - StartedAt).Duration() < Tolerance;

    /// <summary>Creates the record of a running process; null if it has ended.</summary>
    public static ProcessRecord? Of(int processId) => StartOf(processId) is { } startedAt ? new ProcessRecord(processId, startedAt) : null;

    /// <summary>Reads a record; null if the file is not valid.</summary>
    public static ProcessRecord? Read(string file)
    {
        try
        {
            var fields = File.ReadAllText(file).Split(' ');
            return fields.Length == 2 && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId) && processId > 1
                && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
                ? new ProcessRecord(processId, new DateTime(ticks, DateTimeKind.Utc))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the record to a file.</summary>
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
