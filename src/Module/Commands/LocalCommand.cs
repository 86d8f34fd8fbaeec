using System.Management.Automation;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>The base of cmdlets that send no request: no exception leaves one but as an error record.</summary>
public abstract class LocalCommand : PSCmdlet
{
    /// <summary>Makes error records of exceptions.</summary>
    private protected ErrorReporter Errors { get; private set; } = null!;

    /// <summary>What the runspace remembers.</summary>
    private protected SessionContext Session { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Errors = new ErrorReporter(this, []);
        Session = SessionContext.Current;
        Session.WriteWarnings(this);
        Errors.Guard(Begin, forAll: true);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Errors.Target = null;
        Errors.Guard(Process);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Errors.Guard(End);
        Session.WriteWarnings(this);
    }

    /// <summary>Before the first record.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>For each record.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>After the last record.</summary>
    private protected virtual void End()
    {
    }
}
