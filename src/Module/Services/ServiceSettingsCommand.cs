using System;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Model.Waiting;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The base of the cmdlets that create and update services by a definition.</summary>
public abstract class ServiceSettingsCommand : DefinitionCommand
{
    /// <summary>Waits until the operation has ended, and writes the service at that time. Several waits run at the same time.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many requests run at the same time, 1 to 256. Default: 1, which keeps the order of the input.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [NumberTransformation]
    public int ThrottleLimit { get; set; } = 1;

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

    /// <summary>Sends the requests.</summary>
    private protected ServiceOperationSender Operations { get; private set; } = null!;

    /// <summary>Finds and creates the shared settings that definitions give by content.</summary>
    private protected SharedSettings Shared { get; private set; } = null!; // Set in Begin.

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => ThrottleLimit;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (MyInvocation.BoundParameters.ContainsKey(nameof(PollInterval)) && PollInterval <= TimeSpan.Zero)
            throw new InvalidParameterException("PollInterval must be greater than zero.");
        Waits = new OperationWaits(this, Work, Interrupted, Session, Timeout, PollInterval, Stopped);
        Work.Tick = Waits.ShowProgress;
        Operations = new ServiceOperationSender(this, Session, Errors, Work, Interrupted, Wait ? Waits : null, Stopped);
        Shared = new SharedSettings(message => _ = Work.PostAsync(() => RequestDisplay.Verbose(this, message)), Stopped);
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
