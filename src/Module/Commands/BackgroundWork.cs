using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Commands;

/// <summary>Runs a cmdlet's calls on background threads, up to a limit at once, and brings their output back to the pipeline thread.</summary>
/// <param name="errors">Writes their errors.</param>
/// <param name="concurrencyLimit">How many run at once.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class BackgroundWork(ErrorReporter errors, int concurrencyLimit, CancellationToken stopped) : IDisposable
{
    private readonly PipelineDispatcher dispatcher = new();
    private readonly Count running = new();

    // With several calls at once, as many again are prepared: when the output of one is written, the next one starts at once.
    private readonly int capacity = concurrencyLimit is 1 or > int.MaxValue / 2 ? concurrencyLimit : 2 * concurrencyLimit;
    private readonly SemaphoreSlim slots = new(concurrencyLimit);

    /// <summary>Called regularly on the pipeline thread while it waits.</summary>
    public Action Tick { get; set; } = () => { };

    /// <summary>Waits on the pipeline thread for a task, and runs posted actions meanwhile.</summary>
    /// <typeparam name="T">The task's result.</typeparam>
    /// <param name="work">The task.</param>
    /// <returns>The result.</returns>
    public T Await<T>(Func<Task<T>> work)
    {
        // Started on this thread: what is already known (an ARN, an open connection) completes without a thread switch.
        var task = work();
        if (task.IsCompleted)
            return task.GetAwaiter().GetResult();
        _ = task.ContinueWith(_ => dispatcher.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        RunUntil(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Starts work in the background as soon as the limit allows, and reports its errors.</summary>
    /// <param name="target">The TargetObject of its errors.</param>
    /// <param name="work">The work.</param>
    public void Enqueue(object? target, Func<Task> work)
    {
        RunUntil(() => running.Value < capacity);
        Start(target, work, running, slots);
        if (concurrencyLimit == 1)
            RunUntil(() => running.Value == 0);
        else
            dispatcher.RunPending();
    }

    /// <summary>Starts work that does not count against the limit.</summary>
    /// <param name="target">The TargetObject of its errors.</param>
    /// <param name="work">The work.</param>
    /// <param name="counter">Counts it while it runs.</param>
    public void Start(object? target, Func<Task> work, Count counter) => Start(target, work, counter, null);

    private void Start(object? target, Func<Task> work, Count counter, SemaphoreSlim? slot)
    {
        counter.Add(1);
        _ = Task.Run(async () =>
        {
            try
            {
                if (slot is not null)
                    await slot.WaitAsync(stopped).ConfigureAwait(false);
                try
                {
                    await work().ConfigureAwait(false);
                }
                catch (Exception exception) when (!stopped.IsCancellationRequested)
                {
                    await PostAsync(() => errors.Report(exception, target)).ConfigureAwait(false);
                }

                // An error or an output may end the command (-ErrorAction Stop, Select-Object -First), so no other work starts before those of this work
                // are written. It is queued twice because of those that other work has queued meanwhile: calls often end at the same time.
                if (slot is not null)
                    await PostAsync(() => _ = PostAsync(() => slot.Release())).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                // Ctrl+C writes no error.
            }
            finally
            {
                counter.Add(-1);
                dispatcher.Wake();
            }
        });
    }

    /// <summary>Queues an action for the pipeline thread.</summary>
    /// <param name="action">The action.</param>
    /// <returns>A task that completes when the action is queued.</returns>
    public Task PostAsync(Action action) => dispatcher.PostAsync(action, stopped);

    /// <summary>Runs a function on the pipeline thread and waits for its result.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="function">The function, such as a call of ShouldProcess.</param>
    /// <returns>The result. Cancelled if the pipeline ends before.</returns>
    public async Task<T> InvokeAsync<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stopped.Register(() => result.TrySetCanceled(stopped)))
        {
            await PostAsync(() =>
            {
                try
                {
                    result.TrySetResult(function());
                }
                catch (Exception exception) when (exception is AppRunnerException || !ErrorReporter.IsFromEngine(exception))
                {
                    result.TrySetException(exception);
                }
            }).ConfigureAwait(false);
            return await result.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Waits on the pipeline thread until all enqueued work has ended.</summary>
    public void Finish() => RunUntil(() => running.Value == 0);

    /// <summary>Waits on the pipeline thread until all work of a counter has ended.</summary>
    /// <param name="counter">The counter.</param>
    public void Finish(Count counter) => RunUntil(() => counter.Value == 0);

    /// <summary>Stops accepting actions.</summary>
    public void Dispose() => dispatcher.Dispose();

    private void RunUntil(Func<bool> done) => dispatcher.RunUntil(done, Tick, stopped);

    /// <summary>Counts the work that is running.</summary>
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
