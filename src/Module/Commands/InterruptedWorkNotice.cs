using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;

namespace AppRunner.Commands;

/// <summary>Tells what Ctrl+C leaves open: requests that were sent and not answered, operations that go on without being waited for.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="stopped">Ends with Ctrl+C.</param>
internal sealed class InterruptedWorkNotice(PSCmdlet cmdlet, CancellationToken stopped)
{
    // A screenful; hundreds of waits that are given up say the same.
    private const int MaxSentences = 20;

    private readonly ConcurrentDictionary<Work, string> open = new();

    private bool IsStopped => stopped.IsCancellationRequested;

    /// <summary>Marks something as begun that Ctrl+C would leave open.</summary>
    /// <param name="sentence">What to tell in that case.</param>
    /// <returns>Dispose it when the work has ended; where it ended by Ctrl+C, it is told all the same.</returns>
    public Work Begin(string sentence)
    {
        var work = new Work(this);
        open[work] = sentence;
        return work;
    }

    /// <summary>Tells what is still open, each once. WriteWarning is no longer allowed here, so this goes through the host.</summary>
    public void Tell()
    {
        try
        {
            var count = 0;
            foreach (var work in open.Keys)
            {
                if (open.TryRemove(work, out var sentence) && ++count <= MaxSentences)
                    cmdlet.Host?.UI?.WriteWarningLine(sentence);
            }

            if (count > MaxSentences)
                cmdlet.Host?.UI?.WriteWarningLine($"{count - MaxSentences} more were cut off likewise: look with Get-ARService and Get-AROperation.");
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or InvalidOperationException)
        {
            // A host without a user interface cannot show it.
        }
    }

    /// <summary>Something that has begun.</summary>
    /// <param name="notice">What it is noted in.</param>
    internal sealed class Work(InterruptedWorkNotice notice) : IDisposable
    {
        /// <summary>Takes it out: nothing of it is open.</summary>
        public void Complete() => notice.open.TryRemove(this, out _);

        /// <summary>Takes it out, unless Ctrl+C has come.</summary>
        public void Dispose()
        {
            if (!notice.IsStopped)
                Complete();
        }
    }
}
