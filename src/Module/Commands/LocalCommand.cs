using System.Management.Automation;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>The base of cmdlets that send no request. Exceptions become error records.</summary>
public abstract class LocalCommand : PSCmdlet
{
    /// <summary>Turns exceptions into error records.</summary>
    private protected ErrorReporter Errors { get; private set; } = null!;

    /// <summary>Reads the objects of the pipeline.</summary>
    private protected PipelineInput Input { get; private set; } = null!;

    /// <summary>The state of this runspace.</summary>
    private protected SessionContext Session { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Errors = new ErrorReporter(this, []);
        Input = new PipelineInput(this, Errors);
        Session = SessionContext.Current;
        Session.WriteWarnings(this);
        Errors.Guard(Begin, isTerminating: true);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var record in Input.Records())
        {
            Errors.Target = null;
            if (Errors.Guard(() => Input.Bind(record)))
                Errors.Guard(Process);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Errors.Guard(End);
        Session.WriteWarnings(this);
    }

    /// <summary>Called once, before the first record.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Called for each record, after its members have set parameters.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Called once, after the last record.</summary>
    private protected virtual void End()
    {
    }
}
