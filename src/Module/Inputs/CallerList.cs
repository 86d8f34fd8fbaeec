using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AppRunner.Model;

namespace AppRunner.Inputs;

/// <summary>Reads lists and dictionaries of the caller while parameters are converted. They may be endless, be slow, or fail.</summary>
internal static class CallerList
{
    // More than any list, map or definition of App Runner has.
    private const int MaxEntries = 10_000;

    private static readonly TimeSpan TimeBetweenStopChecks = TimeSpan.FromMilliseconds(100);

    /// <summary>The entries of a list, at most 10,000. Ends with Ctrl+C.</summary>
    /// <param name="list">The list.</param>
    /// <returns>Its entries.</returns>
    /// <exception cref="InvalidParameterException">It has more entries, or it cannot be read. The message is a predicate of the list.</exception>
    public static IEnumerable<object?> Entries(IEnumerable list)
    {
        var enumerator = Read(static list => list.GetEnumerator(), list);
        var sinceCheck = Stopwatch.StartNew();
        try
        {
            for (var count = 0; Read(static enumerator => enumerator.MoveNext(), enumerator); count++)
            {
                CheckCount(count + 1);
                if (sinceCheck.Elapsed >= TimeBetweenStopChecks)
                {
                    ThrowIfStopped();
                    sinceCheck.Restart();
                }

                yield return Read(static enumerator => enumerator.Current, enumerator);
            }
        }
        finally
        {
            (enumerator as IDisposable)?.Dispose();
        }
    }

    /// <summary>Refuses a collection that is too large.</summary>
    /// <param name="count">The number of its entries, or of those that were read.</param>
    /// <exception cref="InvalidParameterException">There are more than 10,000. The message is a predicate of the collection.</exception>
    public static void CheckCount(int count)
    {
        if (count > MaxEntries)
            throw new InvalidParameterException("has more than 10,000 entries.") { IsPredicate = true };
    }

    /// <summary>Calls a member of the caller's collection. The call is static, because one is made for each entry.</summary>
    /// <typeparam name="TSource">What it reads from.</typeparam>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="read">The call.</param>
    /// <param name="source">The collection.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidParameterException">The call failed. The message is a predicate of the collection.</exception>
    public static T Read<TSource, T>(Func<TSource, T> read, TSource source)
    {
        try
        {
            return read(source);
        }
        catch (Exception failure) when (failure is not PipelineStoppedException)
        {
            throw new InvalidParameterException($"cannot be read: {failure.GetType().FullName}.", failure) { IsPredicate = true };
        }
    }

    // Parameters are converted on the pipeline's thread, where no stop is signalled. The engine refuses to start a command in a pipeline
    // that is stopping.
    private static void ThrowIfStopped()
    {
        if (Runspace.DefaultRunspace is not null)
            ScriptBlock.Create(". {}").Invoke();
    }
}
