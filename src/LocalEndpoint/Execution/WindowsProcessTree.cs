using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A job object on Windows. The system kills its processes when the last handle is closed, also when the endpoint's process is killed.</summary>
internal sealed class WindowsProcessTree : IProcessTree, IDisposable
{
    private const int ExtendedLimitInformation = 9;
    private const int BasicAccountingInformation = 1;
    private const int ProcessIdList = 3;
    private const uint KillOnJobClose = 0x2000;

    private readonly SafeFileHandle job;

    /// <summary>Assigns a process to a new job object.</summary>
    /// <exception cref="Win32Exception">Windows rejects the assignment.</exception>
    public WindowsProcessTree(Process process)
    {
        job = CreateJobObject(IntPtr.Zero, null);
        if (job.IsInvalid)
            throw new Win32Exception();
        var limits = new ExtendedLimits { Basic = new BasicLimits { LimitFlags = KillOnJobClose } };
        if (!SetInformationJobObject(job, ExtendedLimitInformation, ref limits, Marshal.SizeOf<ExtendedLimits>()) || !AssignProcessToJobObject(job, process.SafeHandle))
        {
            var refusal = new Win32Exception();
            job.Dispose();
            throw refusal;
        }
    }

    /// <inheritdoc/>
    public bool IsAlive => !job.IsClosed && QueryInformationJobObject(job, BasicAccountingInformation, out Accounting accounting, Marshal.SizeOf<Accounting>(), IntPtr.Zero) && accounting.ActiveProcesses > 0;

    /// <summary>Creates the start information of a command. A shell command first waits for a line of input, so that it is in the job object before it starts other processes.</summary>
    public static ProcessStartInfo StartInfo(Command command)
    {
        switch (command)
        {
            case Command.Shell shell:
                return new ProcessStartInfo(Environment.GetEnvironmentVariable("ComSpec") ?? "cmd.exe", ShellArguments(shell.Line));
            case Command.Program program:
                var start = new ProcessStartInfo(program.FileName);
                foreach (var argument in program.Arguments)
                    start.ArgumentList.Add(argument);
                return start;
            default:
                throw new ArgumentOutOfRangeException(nameof(command));
        }
    }

    /// <summary>The arguments of cmd.exe for a command line. With /s, cmd.exe removes the outer quotes and keeps everything else; the other options replace settings of the user.</summary>
    /// <remarks>A hidden console has the OEM code page, and the output is read as UTF-8. Lines of a block become one line; empty ones have no command to join.</remarks>
    /// <param name="line">The command line, or several.</param>
    internal static string ShellArguments(string line)
    {
        var commands = line.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"/d /e:on /v:off /s /c \"set /p _=&chcp 65001 >nul&{string.Join("&&", commands)}\"";
    }

    /// <summary>Windows has no way to ask a program without a console to exit.</summary>
    public void RequestExit()
    {
    }

    /// <inheritdoc/>
    public ProgramUsage? Usage()
    {
        if (job.IsClosed
            || !QueryInformationJobObject(job, BasicAccountingInformation, out Accounting accounting, Marshal.SizeOf<Accounting>(), IntPtr.Zero)
            || !QueryInformationJobObject(job, ProcessIdList, out ProcessIds list, Marshal.SizeOf<ProcessIds>(), IntPtr.Zero))
        {
            return null;
        }

        // The job has the time of all its processes, also of those that have ended, but not their memory.
        var memory = ProgramUsage.Of(list.Ids.Take((int)list.Count).Select(id => Find((int)id)).OfType<Process>()).Memory;
        return new ProgramUsage(TimeSpan.FromTicks(accounting.TotalUserTime + accounting.TotalKernelTime), memory);
    }

    /// <inheritdoc/>
    public void Kill()
    {
        if (!job.IsClosed)
            TerminateJobObject(job, 1);
    }

    /// <inheritdoc/>
    public void Dispose() => job.Dispose();

    private static Process? Find(int processId)
    {
        try
        {
            return Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            // It has ended.
            return null;
        }
    }

    [DllImport("kernel32", EntryPoint = "CreateJobObjectW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateJobObject(IntPtr attributes, string? name);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(SafeFileHandle job, int kind, ref ExtendedLimits limits, int length);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool QueryInformationJobObject(SafeFileHandle job, int kind, out Accounting accounting, int length, IntPtr returned);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool QueryInformationJobObject(SafeFileHandle job, int kind, out ProcessIds list, int length, IntPtr returned);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool TerminateJobObject(SafeFileHandle job, uint exitCode);

    // JOBOBJECT_BASIC_LIMIT_INFORMATION
    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public UIntPtr MinimumWorkingSetSize;
        public UIntPtr MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public UIntPtr Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public BasicLimits Basic;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public UIntPtr ProcessMemoryLimit;
        public UIntPtr JobMemoryLimit;
        public UIntPtr PeakProcessMemoryUsed;
        public UIntPtr PeakJobMemoryUsed;
    }

    // JOBOBJECT_BASIC_ACCOUNTING_INFORMATION
    [StructLayout(LayoutKind.Sequential)]
    private struct Accounting
    {
        public long TotalUserTime;
        public long TotalKernelTime;
        public long ThisPeriodTotalUserTime;
        public long ThisPeriodTotalKernelTime;
        public uint TotalPageFaultCount;
        public uint TotalProcesses;
        public uint ActiveProcesses;
        public uint TotalTerminatedProcesses;
    }

    // JOBOBJECT_BASIC_PROCESS_ID_LIST, with room for more processes than a service has: with more than 256 the query fails.
    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessIds
    {
        public uint Assigned;
        public uint Count;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 256)]
        public UIntPtr[] Ids;
    }
}
