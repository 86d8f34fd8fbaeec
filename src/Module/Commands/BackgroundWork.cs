using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Commands;

/// <summary>Runs a cmdlet's calls beside the pipeline, at most so many at once; what they write comes back to the pipeline's thread.</summary>
/// <param name="errors">Writes their errors.</param>
/// <param name="width">How many run at once.</param>
/// <param name="stopped">Ends with Ctrl+C.</param>
internal sealed class BackgroundWork(ErrorReporter errors, int width, CancellationToken stopped) : IDisposable
{
    private readonly PipelineDispatcher dispatcher = new();
    private readonly Count running = new();

    /// <summary>Called on the pipeline's thread now and then, while it waits.</summary>
    public Action Tick { get; set; } = () => { };

    /// <summary>Waits on the pipeline's thread for a task, writing meanwhile what others post.</summary>
    /// <typeparam name="T">The task's result.</typeparam>
    /// <param name="work">The task.</param>
    /// <returns>The result.</returns>
    public T Await<T>(Func<Task<T>> work)
    {
        // Begun here, not on another thread: what is known already (an ARN, an open connection) is given without a detour.
        var task = work();
        if (task.IsCompleted)
            return task.GetAwaiter().GetResult();
        _ = task.ContinueWith(_ => dispatcher.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        RunUntil(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Starts work as soon as there is room, and lets it run beside the pipeline. Its errors are written.</summary>
    /// <param name="target">What the work is about; the TargetObject of its errors.</param>
    /// <param name="work">The work.</param>
    public void Enqueue(object? target, Func<Task> work)
    {
        RunUntil(() => running.Value < width);
        Start(target, work, running);
        if (width == 1)
            RunUntil(() => running.Value == 0);
        else
            dispatcher.RunPending();
    }

    /// <summary>Starts work that does not count against the width.</summary>
    /// <param name="target">What the work is about.</param>
    /// <param name="work">The work.</param>
    /// <param name="counter">Counts it while it runs.</param>
    public void Start(object? target, Func<Task> work, Count counter)
    {
        counter.Add(1);
        _ = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                // Ctrl+C writes no error.
            }
            catch (Exception exception) when (!stopped.IsCancellationRequested)
            {
                await PostAsync(() => errors.Report(exception, target)).ConfigureAwait(false);
            }
            finally
            {
                counter.Add(-1);
                dispatcher.Wake();
            }
        });
    }

    /// <summary>Hands an action to the pipeline's thread.</summary>
    /// <param name="action">What to do there.</param>
    /// <returns>A task that ends when it is queued.</returns>
    public Task PostAsync(Action action) => dispatcher.PostAsync(action, stopped);

    /// <summary>Waits on the pipeline's thread until all that was enqueued has ended.</summary>
    public void Finish() => RunUntil(() => running.Value == 0);

    /// <summary>Waits on the pipeline's thread until all that a counter counts has ended.</summary>
    /// <param name="counter">The counter.</param>
    public void Finish(Count counter) => RunUntil(() => counter.Value == 0);

    /// <summary>Takes nothing more.</summary>
    public void Dispose() => dispatcher.Dispose();

    private void RunUntil(Func<bool> done) => dispatcher.RunUntil(done, Tick, stopped);

    /// <summary>How much work runs.</summary>
    internal sealed class Count
    {
        private int value;

        /// <summary>The number.</summary>
        public int Value => Volatile.Read(ref value);

        /// <summary>Changes the number.</summary>
        /// <param name="difference">By how much.</param>
        public void Add(int difference) => Interlocked.Add(ref value, difference);
    }
}
