using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;

namespace AppRunner.Commands;

/// <summary>Warns after Ctrl+C about requests without a response and operations that continue.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class InterruptedWorkNotice(PSCmdlet cmdlet, CancellationToken stopped)
{
    // About one screen; after hundreds of interrupted waits, more lines say nothing new.
    private const int MaxWarnings = 20;

    private readonly ConcurrentDictionary<Work, string> open = new();

    private bool IsStopped => stopped.IsCancellationRequested;

    /// <summary>Registers work that continues after Ctrl+C.</summary>
    /// <param name="warning">The warning for that case.</param>
    /// <returns>Dispose it when the work has ended. After Ctrl+C it stays registered, and its warning is written.</returns>
    public Work Begin(string warning)
    {
        var work = new Work(this);
        open[work] = warning;
        return work;
    }

    /// <summary>Writes the warnings of all registered work, each once. WriteWarning is no longer allowed here, so report them through the host.</summary>
    public void WriteWarnings()
    {
        try
        {
            var count = 0;
            foreach (var work in open.Keys)
            {
                if (open.TryRemove(work, out var warning) && ++count <= MaxWarnings)
                    cmdlet.Host?.UI?.WriteWarningLine(warning);
            }

            if (count > MaxWarnings)
                cmdlet.Host?.UI?.WriteWarningLine($"{count - MaxWarnings} more requests or waits were interrupted: check with Get-ARService and Get-AROperation.");
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or InvalidOperationException)
        {
            // A host without a user interface cannot show it.
        }
    }

    /// <summary>Registered work.</summary>
    /// <param name="notice">The notice that it is registered in.</param>
    internal sealed class Work(InterruptedWorkNotice notice) : IDisposable
    {
        /// <summary>Removes it: nothing continues after Ctrl+C.</summary>
        public void Complete() => notice.open.TryRemove(this, out _);

        /// <summary>Removes it, except after Ctrl+C.</summary>
        public void Dispose()
        {
            if (!notice.IsStopped)
                Complete();
        }
    }
}
