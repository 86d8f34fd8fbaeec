using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using AppRunner.Model;

namespace AppRunner.Client.Settings;

/// <summary>Runs lookups of the SDK and of other modules, which cannot be cancelled: after a time-out or cancellation they are abandoned.</summary>
internal static class BoundedLookup
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>In a lookup: cancelled when it is abandoned. The SDK's methods have no parameter for it.</summary>
    public static CancellationToken Abandoned => Current.Value;

    /// <summary>Runs a lookup.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="lookup">The lookup; it may block.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LookupException">The time limit is exceeded.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> lookup, TimeSpan limit, IClock clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var abandoned = new CancellationTokenSource();

        Task<T> Run()
        {
            Current.Value = abandoned.Token;
            return lookup();
        }

        // A dedicated thread: an abandoned lookup may block for half a minute.
        var work = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(work, clock.Delay(limit, waiting.Token)).ConfigureAwait(false);
        if (first == work)
        {
            waiting.Cancel();
            return await work.ConfigureAwait(false);
        }

        abandoned.Cancel();
        _ = work.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        throw new LookupException($"There was no result within {limit.TotalSeconds:0.###} s.");
    }
}

/// <summary>A lookup by the SDK or by another module failed. Any other exception of a lookup is a defect of this module.</summary>
internal sealed class LookupException : Exception
{
    private const string Malformed = "The response, file or setting that has the credentials is incomplete or malformed.";

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why it failed, as a sentence.</param>
    /// <param name="innerException">The cause.</param>
    public LookupException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Calls the SDK or another module.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="call">The call, and nothing else.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LookupException">It failed, with any exception.</exception>
    public static T Guard<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is not (AppRunnerException or LookupException))
        {
            throw Of(exception);
        }
    }

    /// <summary>Calls the SDK or another module.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="call">The call, and nothing else.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LookupException">It failed, with any exception.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (AppRunnerException or LookupException))
        {
            throw Of(exception);
        }
    }

    private static LookupException Of(Exception exception) => new(FailureText.Sentence(Describe(exception)), FailureText.WithoutPasswords(exception));

    // The SDK's own messages are in the terms of AWS. Those of .NET are not: they name types, parameters and byte positions.
    private static string Describe(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => exception.Message,
        HttpRequestException or WebException or SocketException or IOException => "The request failed: " + FailureText.OfNetwork(exception),
        JsonException or XmlException or FormatException or ArgumentException or KeyNotFoundException or NullReferenceException or InvalidCastException => Malformed,
        _ when exception.Message.Contains("BytePositionInLine") || exception.Message.Contains("(Parameter '") => Malformed,
        _ => exception.Message,
    };
}
