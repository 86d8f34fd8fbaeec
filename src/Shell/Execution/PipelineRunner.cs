using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using AppRunner.Shell.Hosting;

namespace AppRunner.Shell.Execution;

/// <summary>Runs one pipeline at a time, shows all that it writes in order, and can stop it from another thread.</summary>
internal sealed class PipelineRunner(Runspace runspace, ConsoleUserInterface userInterface)
{
    private readonly Lock _lock = new();
    private Pipeline? _running;
    private int _stopRequests;

    /// <summary>How a pipeline ended.</summary>
    internal enum Ending
    {
        /// <summary>Through, its errors if any shown.</summary>
        Completed,

        /// <summary>By a terminating error, which was shown.</summary>
        Failed,

        /// <summary>Stopped on request.</summary>
        Stopped,
    }

    /// <summary>Runs what a user entered. It goes into the history: only for such pipelines does the engine keep $?.</summary>
    public Ending RunScript(string text)
    {
        using var pipeline = runspace.CreatePipeline(text, addToHistory: true);
        return Run(pipeline);
    }

    public Ending RunCommand(Command command)
    {
        using var pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        return Run(pipeline);
    }

    /// <summary>Whether the last statement succeeded: $? as the user would see it.</summary>
    public bool LastSucceeded()
    {
        using var question = runspace.CreatePipeline("$?");
        return question.Invoke() is [{ BaseObject: true }];
    }

    /// <summary>Stops what runs.</summary>
    /// <returns>How often that was asked of this pipeline; 0 where none runs.</returns>
    public int Stop()
    {
        lock (_lock)
        {
            if (_running is null)
                return 0;
            if (++_stopRequests == 1)
                _running.StopAsync();
            return _stopRequests;
        }
    }

    private Ending Run(Pipeline pipeline)
    {
        // Errors take the way of the output, so that both appear in the order in which they happened.
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");
        lock (_lock)
        {
            _running = pipeline;
            _stopRequests = 0;
        }

        Exception? failure = null;
        try
        {
            pipeline.Invoke();
        }
        catch (PipelineStoppedException)
        {
        }
        catch (RuntimeException terminating)
        {
            failure = terminating;
        }
        finally
        {
            lock (_lock)
                _running = null;
        }

        if (failure is not null)
            Show(failure);
        userInterface.EndPipeline();
        if (failure is not null)
            return Ending.Failed;
        return pipeline.PipelineStateInfo.State == PipelineState.Stopped ? Ending.Stopped : Ending.Completed;
    }

    private void Show(Exception failure)
    {
        var record = failure is IContainsErrorRecord { ErrorRecord: { } contained }
            ? new ErrorRecord(contained, failure)
            : new ErrorRecord(failure, "ShellFailure", ErrorCategory.NotSpecified, null);
        using var show = runspace.CreatePipeline();
        show.Commands.Add("Out-Default");
        show.Input.Write(EngineInternals.AsErrorOutput(record));
        show.Input.Close();
        show.Invoke();
    }
}
