using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using AppRunner.Connections;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Common;

/// <summary>The base of all cmdlets: no exception leaves one but as an error record.</summary>
public abstract class AppRunnerCommand : PSCmdlet
{
    /// <summary>The runspace's memory.</summary>
    private protected SessionContext Session { get; private set; } = null!;

    /// <summary>What the record at hand is about; the TargetObject of its errors.</summary>
    private protected object? Target { get; set; }

    /// <summary>Whether verbose text is shown: what is costly to put into words is not, where nobody reads it.</summary>
    private protected bool IsVerbose { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Session = SessionContext.Current;
        IsVerbose = MyInvocation.BoundParameters.TryGetValue("Verbose", out var verbose)
            ? ((SwitchParameter)verbose).IsPresent
            : GetVariableValue("VerbosePreference") is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);

        // What is wrong before the first record is wrong for all: without its filter a command would take everything.
        Guard(Begin, exception => ThrowTerminatingError(ErrorRecords.Create(exception, Target)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Target = null;
        Guard(Process);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(End);

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

    /// <summary>Whether an error leaves no hope for any further record.</summary>
    /// <param name="errorId">The error's id.</param>
    /// <returns>True to terminate.</returns>
    private protected virtual bool IsHopeless(string errorId) => false;

    /// <summary>Writes the error for an exception, and ends the command where no further record could succeed.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The thing that it happened to.</param>
    private protected void Fail(Exception exception, object? target)
    {
        var record = ErrorRecords.Create(exception, target);
        if (record.Exception is AppRunnerException known && IsHopeless(known.ErrorId))
            ThrowTerminatingError(record);
        WriteError(record);
    }

    /// <summary>Writes the warnings among a request's problems, and throws for the rest, all at once.</summary>
    /// <param name="problems">What the checks found.</param>
    /// <param name="subject">What was checked, in words.</param>
    private protected void Settle(IReadOnlyList<Problem> problems, string subject)
    {
        foreach (var problem in problems.Where(problem => problem.Severity != ProblemSeverity.Error))
            WriteWarning(problem.Severity == ProblemSeverity.UnknownValue ? problem + " It is sent as it is: the service decides." : problem.ToString());
        var errors = problems.Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length > 0)
            throw new InvalidParameterException(subject, errors);
    }

    /// <summary>Warns of a filter that no answer can pass as far as is known: mostly a slip of the fingers.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="values">What was given; may be null.</param>
    /// <param name="known">The class of the known values.</param>
    private protected void WarnOfUnknown(string parameter, string[]? values, Type known)
    {
        var rule = new OneOfAttribute(known);
        foreach (var value in values ?? [])
        {
            foreach (var finding in rule.Check(rule.Normalize(value)))
                WriteWarning($"{parameter}: '{value}' {finding.Message}");
        }
    }

    /// <summary>Asks whether something may be changed, as -WhatIf, -Confirm and $ConfirmPreference want it.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it.</param>
    /// <returns>False with -WhatIf, or where the user says no.</returns>
    /// <exception cref="InvalidParameterException">The question cannot be answered here.</exception>
    private protected bool MayChange(string target, string action)
    {
        try
        {
            return ShouldProcess(target, action);
        }
        catch (Exception unanswered) when (IsUnanswered(unanswered))
        {
            throw new InvalidParameterException($"The question \"{action} {target}?\" cannot be answered here; nothing was changed.", unanswered)
            {
                RecommendedAction = "Give -Confirm:$false to go on without the question.",
            };
        }
    }

    /// <summary>Does something whose exceptions are errors of the record at hand.</summary>
    /// <param name="action">What to do.</param>
    private protected void Guard(Action action) => Guard(action, exception => Fail(exception, Target));

    private void Guard(Action action, Action<Exception> failed)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is AppRunnerException || !IsEngines(exception))
        {
            failed(exception);
        }
    }

    // -NonInteractive, hosts that cannot ask, and consoles whose input has ended fail each in a way of their own.
    private static bool IsUnanswered(Exception exception) =>
        exception is PSInvalidOperationException or PSNotSupportedException or PSNotImplementedException or HostException || !IsEngines(exception);

    // The engine steers by exceptions (Stop, Select-Object -First, -ErrorAction Stop): they are not ours to report.
    private static bool IsEngines(Exception exception) => exception is RuntimeException || exception.GetType().Assembly == typeof(PSCmdlet).Assembly;
}
