using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;
using Shouldly;

namespace AppRunner.Module.Tests.Support;

/// <summary>The output of a script, by stream.</summary>
internal sealed class RunResult
{
    public RunResult(IEnumerable<PSObject?> output, PSDataStreams streams, Exception? ended)
    {
        Output = output.ToArray();
        Errors = [.. streams.Error];
        Warnings = streams.Warning.Select(record => record.Message).ToArray();
        Verbose = streams.Verbose.Select(record => record.Message).ToArray();
        Progress = [.. streams.Progress];
        Ended = ended;
    }

    public IReadOnlyList<PSObject?> Output { get; }

    public IReadOnlyList<ErrorRecord> Errors { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Verbose { get; }

    public IReadOnlyList<ProgressRecord> Progress { get; }

    /// <summary>The exception that ended the script; null if it ran to its end.</summary>
    public Exception? Ended { get; }

    /// <summary>All text that a user can see, for searches.</summary>
    public string AllText => string.Join(
        "\n",
        [
            .. Warnings,
            .. Verbose,
            .. Errors.SelectMany(error => new[] { error.ToString(), error.Exception.ToString(), error.ErrorDetails?.Message, error.ErrorDetails?.RecommendedAction, error.TargetObject?.ToString(), error.CategoryInfo.ToString() }),
            Ended?.ToString(),
            .. Progress.Select(record => record.ToString()),
            .. Output.Select(item => item?.ToString()),
        ]);

    public IReadOnlyList<Service> Services => All<Service>();

    public Service Service => Services.ShouldHaveSingleItem();

    /// <summary>The single error, after a check of its id.</summary>
    public ErrorRecord ErrorWith(string id)
    {
        var error = Errors.ShouldHaveSingleItem();
        error.Id().ShouldBe(id, error.ToString());
        return error;
    }

    /// <summary>The errors, after a check of their number and id.</summary>
    public IReadOnlyList<ErrorRecord> ErrorsWith(string id, int count)
    {
        Ended.ShouldBeNull();
        Errors.Select(error => error.Id()).ShouldBe(Enumerable.Repeat(id, count), string.Join("\n", Errors));
        return Errors;
    }

    public IReadOnlyList<T> All<T>()
    {
        ShouldBeClean();
        return Output.Select(item => item?.BaseObject).ShouldAllBeOfType<T>();
    }

    /// <summary>Checks that the script ran to its end without errors.</summary>
    public RunResult ShouldBeClean()
    {
        Ended.ShouldBeNull();
        Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}\n{error.Exception}").ShouldBeEmpty();
        return this;
    }
}
