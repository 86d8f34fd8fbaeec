using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Commands;

/// <summary>
/// Carries what tasks want written to the pipeline's thread, the only one that may write. Holds few entries: a task that is ahead
/// of the pipeline waits, so that a long list is never held in memory.
/// </summary>
internal sealed class PipelineDispatcher : IDisposable
{
    private const int Capacity = 64;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<Action> entries = new();
    private readonly SemaphoreSlim signals = new(0);
    private readonly SemaphoreSlim space = new(Capacity);
    private volatile bool closed;

    /// <summary>Hands an action to the pipeline's thread; waits while the pipeline is behind.</summary>
    /// <param name="action">What to do there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the action is queued.</returns>
    public async Task PostAsync(Action action, CancellationToken cancellationToken)
    {
        await space.WaitAsync(cancellationToken).ConfigureAwait(false);
        entries.Enqueue(action);
        signals.Release();
    }

    /// <summary>Lets the pipeline's thread check its condition again.</summary>
    public void Wake()
    {
        if (!closed)
            signals.Release();
    }

    /// <summary>Runs actions on this thread, the pipeline's, until a condition holds.</summary>
    /// <param name="done">What is waited for.</param>
    /// <param name="tick">Called every 250 ms.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    /// <exception cref="OperationCanceledException">Ctrl+C came.</exception>
    public void RunUntil(Func<bool> done, Action tick, CancellationToken cancellationToken)
    {
        var nextTick = DateTime.UtcNow + TickInterval;
        while (!done())
        {
            if (signals.Wait(TickInterval, cancellationToken))
                RunNext();
            if (DateTime.UtcNow >= nextTick)
            {
                tick();
                nextTick = DateTime.UtcNow + TickInterval;
            }
        }

        RunPending();
    }

    /// <summary>Runs the actions that are there.</summary>
    public void RunPending()
    {
        while (RunNext())
        {
        }
    }

    /// <summary>Takes nothing more. The semaphores are left to the collector: tasks that are being stopped still hold them.</summary>
    public void Dispose() => closed = true;

    private bool RunNext()
    {
        if (!entries.TryDequeue(out var action))
            return false;
        space.Release();
        action();
        return true;
    }
}
