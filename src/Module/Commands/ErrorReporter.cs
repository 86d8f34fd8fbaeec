using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>Writes a cmdlet's exceptions as error records, and the problems of a request as warnings and one exception. Used on the pipeline thread only.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="terminating">The ids of errors that end the command, because no other record could succeed.</param>
internal sealed class ErrorReporter(PSCmdlet cmdlet, IReadOnlyList<string> terminating)
{
    /// <summary>The TargetObject of errors of the current record.</summary>
    public object? Target { get; set; }

    /// <summary>Whether an exception belongs to the PowerShell engine, which uses exceptions for control flow (Ctrl+C, Select-Object -First, -ErrorAction Stop). Those are rethrown.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>True to rethrow it.</returns>
    public static bool IsFromEngine(Exception exception) => exception is RuntimeException || exception.GetType().Assembly == typeof(PSCmdlet).Assembly;

    /// <summary>Runs an action, and reports its exception as an error of the current record.</summary>
    /// <param name="action">The action.</param>
    /// <param name="isTerminating">Whether an error ends the command. True before the first record: with an invalid filter, the command would select every resource.</param>
    /// <returns>False if an error was reported.</returns>
    public bool Guard(Action action, bool isTerminating = false)
    {
        try
        {
            action();
            return true;
        }
        catch (OperationCanceledException) when (cmdlet.Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is AppRunnerException || !IsFromEngine(exception))
        {
            Report(exception, Target, isTerminating);
            return false;
        }
    }

    /// <summary>Writes the error for an exception. Ends the command if no other record could succeed.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="target">The TargetObject.</param>
    /// <param name="isTerminating">Whether it ends the command in any case.</param>
    public void Report(Exception exception, object? target, bool isTerminating = false)
    {
        // A defect of the local endpoint is reported before the error that it caused.
        SessionContext.Current.WriteWarnings(cmdlet);
        var record = ErrorRecords.Create(exception, target, cmdlet.MyInvocation.MyCommand.Module);
        if (isTerminating || (record.Exception is AppRunnerException known && terminating.Contains(known.ErrorId)))
            cmdlet.ThrowTerminatingError(record);
        cmdlet.WriteError(record);
    }

    /// <summary>Writes a request's warnings, and throws one exception for all its errors.</summary>
    /// <param name="problems">The results of the checks.</param>
    /// <param name="subject">What was checked: the start of the message.</param>
    public void ReportProblems(IReadOnlyList<Problem> problems, string subject)
    {
        foreach (var problem in problems.Where(problem => problem.Severity != ProblemSeverity.Error))
            cmdlet.WriteWarning(problem.Severity == ProblemSeverity.UnknownValue ? problem + " It is sent unchanged, and App Runner decides." : problem.ToString());
        var errors = Problem.WithoutConsequences(problems).Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length > 0)
            throw new InvalidParameterException(subject, errors);
    }

    /// <summary>The hint for a region that is not known. New regions are accepted, but usually it is a typing error, which ends as an empty list or as a network error.</summary>
    /// <param name="name">The region.</param>
    /// <param name="source">Where it comes from; null for the command line.</param>
    /// <returns>The hint, with the nearest region; null if the region is known.</returns>
    public static string? UnknownRegion(string name, string? source = null)
    {
        var known = OneOfAttribute.ValuesOf(typeof(KnownRegion));
        return known.Contains(name, StringComparer.OrdinalIgnoreCase) ? null
            : $"Region '{name}'{(source is null ? string.Empty : $" (from {source})")} is not one of the regions with App Runner that this version knows.{Suggestions.Question(Suggestions.Nearest(name, known))}";
    }

    /// <summary>Warns about regions that are not known.</summary>
    /// <param name="names">The regions of the command line.</param>
    public void WarnAboutUnknownRegions(IEnumerable<string> names)
    {
        foreach (var hint in names.Select(name => UnknownRegion(name)).OfType<string>())
            cmdlet.WriteWarning(hint);
    }

    /// <summary>Warns about a filter value that is not a known value, which is usually a typing error.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="values">The given values; may be null.</param>
    /// <param name="known">The class with the known values.</param>
    public void WarnAboutUnknownValues(string parameter, string[]? values, Type known)
    {
        var rule = new OneOfAttribute(known);
        foreach (var value in values ?? [])
        {
            foreach (var problem in rule.Check(rule.Normalize(value)))
                cmdlet.WriteWarning($"{parameter}: '{value}' {problem.Message}");
        }
    }
}
