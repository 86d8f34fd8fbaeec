using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Model;
using Shouldly;

namespace AppRunner.Module.Tests.Support;

/// <summary>What a script wrote, stream by stream.</summary>
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

    /// <summary>What ended the script before its end; null where nothing did.</summary>
    public Exception? Ended { get; }

    /// <summary>All text that a user could see, for searches.</summary>
    public string Words => string.Join(
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

    /// <summary>The one error, with its id checked.</summary>
    public ErrorRecord ErrorWith(string id)
    {
        var error = Errors.ShouldHaveSingleItem();
        error.Id().ShouldBe(id, error.ToString());
        return error;
    }

    /// <summary>The errors, with their number and their common id checked.</summary>
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

    /// <summary>No error, and the script came to its end.</summary>
    public RunResult ShouldBeClean()
    {
        Ended.ShouldBeNull();
        Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}\n{error.Exception}").ShouldBeEmpty();
        return this;
    }
}
