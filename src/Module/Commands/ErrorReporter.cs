using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>Turns a cmdlet's exceptions into error records, and the problems of a request into warnings and one exception. On the pipeline's thread.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="terminating">The ids of errors after which no further record could succeed.</param>
internal sealed class ErrorReporter(PSCmdlet cmdlet, IReadOnlyList<string> terminating)
{
    /// <summary>What the record at hand is about; the TargetObject of its errors.</summary>
    public object? Target { get; set; }

    /// <summary>Whether an exception is the engine's own: it steers by exceptions (Stop, Select-Object -First, -ErrorAction Stop), which are not ours to report.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>True to let it pass.</returns>
    public static bool IsFromEngine(Exception exception) => exception is RuntimeException || exception.GetType().Assembly == typeof(PSCmdlet).Assembly;

    /// <summary>Does something whose exceptions are errors of the record at hand.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="forAll">Before the first record. What is wrong then ends the command: without its filter it would take everything.</param>
    public void Guard(Action action, bool forAll = false)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (cmdlet.Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is AppRunnerException || !IsFromEngine(exception))
        {
            Report(exception, Target, forAll);
        }
    }

    /// <summary>Writes the error for an exception, and ends the command where no further record could succeed.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The thing that it happened to.</param>
    /// <param name="forAll">Whether it ends the command in any case.</param>
    public void Report(Exception exception, object? target, bool forAll = false)
    {
        // A defect of the local endpoint is told before the error that it caused.
        SessionContext.Current.WriteWarnings(cmdlet);
        var record = ErrorRecords.Create(exception, target);
        if (forAll || (record.Exception is AppRunnerException known && terminating.Contains(known.ErrorId)))
            cmdlet.ThrowTerminatingError(record);
        cmdlet.WriteError(record);
    }

    /// <summary>Writes the warnings among a request's problems, and throws for the rest, all at once.</summary>
    /// <param name="problems">What the checks found.</param>
    /// <param name="subject">What was checked, as the error's sentence begins.</param>
    public void ReportProblems(IReadOnlyList<Problem> problems, string subject)
    {
        foreach (var problem in problems.Where(problem => problem.Severity != ProblemSeverity.Error))
            cmdlet.WriteWarning(problem.Severity == ProblemSeverity.UnknownValue ? problem + " It is sent as it is: the service decides." : problem.ToString());
        var errors = problems.Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length > 0)
            throw new InvalidParameterException(subject, errors);
    }

    /// <summary>Warns of a filter that no response can pass as far as is known: mostly a typing mistake.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="values">What was given; may be null.</param>
    /// <param name="known">The class of the known values.</param>
    public void WarnOfUnknown(string parameter, string[]? values, Type known)
    {
        var rule = new OneOfAttribute(known);
        foreach (var value in values ?? [])
        {
            foreach (var finding in rule.Check(rule.Normalize(value)))
                cmdlet.WriteWarning($"{parameter}: '{value}' {finding.Message}");
        }
    }
}
