using System;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Model.Waiting;

namespace AppRunner.Commands;

/// <summary>The base of cmdlets that can wait: for operations, or for the status of a resource.</summary>
public abstract class WaitingCommand : RemoteCommand<string>
{
    /// <summary>The maximum time to wait: a number of seconds or a time span. Default: 60 minutes.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = new WaitOptions().Timeout;

    /// <summary>The time between two polls of a service: a number of seconds or a time span. Default: 5 s in the first minute, 10 s later; 0.2 s with the local endpoint.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan PollInterval { get; set; }

    /// <summary>Waits in the background.</summary>
    private protected OperationWaits Waits { get; private set; } = null!; // Set in Begin.

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (MyInvocation.BoundParameters.ContainsKey(nameof(PollInterval)) && PollInterval <= TimeSpan.Zero)
            throw new InvalidParameterException("PollInterval must be greater than zero.");
        Waits = new OperationWaits(this, Work, Interrupted, Session, Timeout, PollInterval, Stopped);
        Work.Tick = Waits.ShowProgress;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            Waits?.Dispose();
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        Waits.Finish();
    }
}
