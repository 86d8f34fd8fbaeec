using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Language;
using System.Threading;
using AppRunner.Resources;

namespace AppRunner.Commands;

/// <summary>Warns after Ctrl+C about requests without a response and operations that continue.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class InterruptedWorkNotice(PSCmdlet cmdlet, CancellationToken stopped)
{
    // With more of a kind, one line for all of them says more than one for each.
    private const int MaxWarnings = 3;

    // So that the line stays one.
    private const int MaxNames = 8;

    private readonly ConcurrentDictionary<Work, string> open = new();

    /// <summary>The -ProfileName of the command, for a command that continues its work; empty without one. The region is in the ARN, or added.</summary>
    public string ProfileParameter { get; } = cmdlet.MyInvocation.BoundParameters.TryGetValue("ProfileName", out var profile)
        ? $" -ProfileName '{CodeGeneration.EscapeSingleQuotedStringContent(profile.ToString())}'" : string.Empty;

    private bool IsStopped => stopped.IsCancellationRequested;

    /// <summary>Registers work that continues after Ctrl+C.</summary>
    /// <param name="warning">The warning for that case.</param>
    /// <param name="awaited">The service whose operation continues; null for a request without a response.</param>
    /// <returns>Dispose it when the work has ended. After Ctrl+C it stays registered, and its warning is written.</returns>
    public Work Begin(string warning, ResolvedResource? awaited = null)
    {
        var work = new Work(this, awaited);
        open[work] = warning;
        return work;
    }

    /// <summary>Writes the warnings of all registered work, each once. WriteWarning is no longer allowed here, so report them through the host.</summary>
    public void WriteWarnings()
    {
        // The stopping thread and the pipeline's thread both come here: the second waits until the lines are written.
        lock (open)
        {
            WriteOpen();
        }
    }

    private void WriteOpen()
    {
        try
        {
            var warnings = open.Keys.Select(work => open.TryRemove(work, out var warning) ? (Work: work, Warning: warning) : default).Where(pair => pair.Work is not null).ToArray();
            foreach (var kind in warnings.GroupBy(pair => pair.Work.Awaited is null))
            {
                var lines = kind.Count() <= MaxWarnings ? kind.Select(pair => pair.Warning)
                    : kind.Key ? [$"{kind.Count()} requests were stopped before their responses arrived. Check whether they took effect, for example with Get-ARService."]
                    : [$"{kind.Count()} operations continue. To wait again: {WaitAgain(kind.Select(pair => pair.Work.Awaited!).ToArray())}"];
                foreach (var line in lines)
                    cmdlet.Host?.UI?.WriteWarningLine(line);
            }
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or InvalidOperationException)
        {
            // A host without a user interface cannot show it.
        }
    }

    private string WaitAgain(ResolvedResource[] services)
    {
        var names = services.Select(service => service.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToArray();
        var regions = string.Join(", ", services.Select(service => service.Connection.Region).Distinct());

        // Names that begin in the same way are usually one set of services.
        var (first, last) = (names[0], names[names.Length - 1]);
        var common = first.Substring(0, first.Zip(last, (a, b) => a == b).TakeWhile(same => same).Count());
        var which = common.Length >= 3 ? common + "*" : names.Length <= MaxNames ? string.Join(", ", names) : "-Status OPERATION_IN_PROGRESS";
        return $"Get-ARService {which} -Region {regions}{ProfileParameter} | Wait-AROperation{ProfileParameter}";
    }

    /// <summary>Registered work.</summary>
    /// <param name="notice">The notice that it is registered in.</param>
    /// <param name="awaited">The service whose operation continues; null for a request.</param>
    internal sealed class Work(InterruptedWorkNotice notice, ResolvedResource? awaited) : IDisposable
    {
        /// <summary>The service whose operation continues; null for a request.</summary>
        public ResolvedResource? Awaited => awaited;

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
