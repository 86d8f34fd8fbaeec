using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Commands;

/// <summary>
/// Runs actions of background tasks on the pipeline thread, the only one that may write. The queue is bounded: tasks wait while it
/// is full, so that a long list is never held in memory.
/// </summary>
internal sealed class PipelineDispatcher : IDisposable
{
    private const int Capacity = 64;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<Action> entries = new();

    // An event and not a semaphore: waiting for a semaphore spins four times as long, and its release takes the same lock. Without
    // any spinning a steady call takes a sixth longer.
    private readonly ManualResetEventSlim signal = new(false);
    private readonly SemaphoreSlim space = new(Capacity);
    private volatile bool closed;

    /// <summary>Queues an action for the pipeline thread; waits while the queue is full.</summary>
    /// <param name="action">The action.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the action is queued.</returns>
    public async Task PostAsync(Action action, CancellationToken cancellationToken)
    {
        await space.WaitAsync(cancellationToken).ConfigureAwait(false);
        entries.Enqueue(action);
        signal.Set();
    }

    /// <summary>Makes the pipeline thread check its condition again.</summary>
    public void Wake()
    {
        if (!closed)
            signal.Set();
    }

    /// <summary>Runs actions on the calling thread, the pipeline thread, until a condition is true.</summary>
    /// <param name="done">The condition.</param>
    /// <param name="tick">Called every 250 ms.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    /// <exception cref="OperationCanceledException">After Ctrl+C.</exception>
    public void RunUntil(Func<bool> done, Action tick, CancellationToken cancellationToken)
    {
        var nextTick = DateTime.UtcNow + TickInterval;
        while (!done())
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Reset before the queue and the condition are read, so that nothing that changes them afterwards is missed.
            signal.Reset();
            if (!RunNext() && !done())
                signal.Wait(TickInterval, cancellationToken);
            if (DateTime.UtcNow >= nextTick)
            {
                tick();
                nextTick = DateTime.UtcNow + TickInterval;
            }
        }

        RunPending();
    }

    /// <summary>Runs the queued actions.</summary>
    public void RunPending()
    {
        while (RunNext())
        {
        }
    }

    /// <summary>Stops accepting actions. The event is not disposed, because tasks that are being cancelled still use it.</summary>
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
