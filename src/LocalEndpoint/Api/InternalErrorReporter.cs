using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>
/// Reports the exceptions behind a 500: they are defects of this program, and the response has no details of them. Exceptions of the same
/// type that were thrown by the same method in the same operation are reported once. When the maximum of reports is reached, that is reported
/// too.
/// </summary>
/// <param name="endpoint">The endpoint, whose event log gets the report.</param>
/// <param name="homeRegion">The region of the event log.</param>
/// <param name="onReport">Gets the report too, on any thread; null to only log it.</param>
internal sealed class InternalErrorReporter(EndpointState endpoint, string homeRegion, Action<string>? onReport)
{
    /// <summary>The log group of the endpoint itself.</summary>
    public const string LogGroup = "/aws/apprunner-local/endpoint";

    private const string OwnNamespace = "AppRunner.";

    // Limits the memory of an endpoint that runs for a long time.
    private const int MaxReports = 100;

    private readonly ConcurrentDictionary<string, bool> reported = new(StringComparer.Ordinal);

    // 1 if the maximum was reported.
    private int maximumReported;

    /// <summary>Reports an exception, unless it was reported before. Never throws.</summary>
    /// <param name="handler">The handler of the operation that failed; null if none was called.</param>
    /// <param name="request">The request; null if it was not deserialized.</param>
    /// <param name="regionName">The region that the request was signed for; null if it is not known.</param>
    /// <param name="exception">The exception.</param>
    public void Report(ApiHandler? handler, object? request, string? regionName, Exception exception)
    {
        try
        {
            var operation = handler?.Target[(handler.Target.IndexOf('.', StringComparison.Ordinal) + 1)..] ?? "a request";
            var place = PlaceOf(exception);
            var key = $"{operation}/{exception.GetType()}/{place}";
            var region = endpoint.Region(regionName ?? homeRegion);
            if (reported.Count >= MaxReports)
            {
                if (!reported.ContainsKey(key) && Interlocked.Exchange(ref maximumReported, 1) == 0)
                    Write($"The local App Runner has reported {MaxReports} different internal errors. It does not report any others", request: null, region);
                return;
            }

            if (!reported.TryAdd(key, true))
                return;
            var message = IsSafe(exception.Message, request, region) ? exception.Message : "(message hidden: it may contain values of requests)";
            Write($"The local App Runner failed while handling {operation}: {exception.GetType().Name}: {message} (at {place})", request, region);
        }
        catch (Exception)
        {
            // The cause of the error may also break its report. The client must still get a response.
        }
    }

    /// <summary>The time of a clock; the system time if the clock itself is the defect, so that an error can still be reported.</summary>
    public static DateTime TimeOf(IClock clock)
    {
        try
        {
            return clock.UtcNow;
        }
        catch (Exception)
        {
            return SystemClock.Instance.UtcNow;
        }
    }

    // The innermost method of our own: file and line are not in a published build.
    private static string PlaceOf(Exception exception) =>
        new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.FullName?.StartsWith(OwnNamespace, StringComparison.Ordinal) == true) is { } own
            ? $"{own.DeclaringType!.FullName}.{own.Name}"
            : "an unknown place";

    // Messages of .NET can quote the value that they are about. A request that was not deserialized has values that are not known here.
    private static bool IsSafe(string message, object? request, Region region)
    {
        if (request is null)
            return false;
        lock (region.Lock)
        {
            return region.Store<ServiceStore>().Live.ToArray().Select(service => (object)service.Configuration.Source).Append(request)
                .SelectMany(SensitiveTexts).All(text => !message.Contains(text, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<string> SensitiveTexts(object shape)
    {
        foreach (var member in RequestRules.MembersOf(shape.GetType()))
        {
            var values = member.Property.GetValue(shape) switch
            {
                null => [],
                string text => [text],
                IDictionary map => map.Keys.Cast<object>().Concat(map.Values.Cast<object>()),
                IEnumerable list => list.Cast<object>(),
                var value => [value],
            };
            foreach (var value in values.Where(value => value is not null))
            {
                // A message may quote a part of it, such as one argument of a command.
                if (member.Sensitive)
                {
                    foreach (var part in $"{value}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                        yield return part;
                }
                else if (RequestRules.IsShape(value.GetType()))
                {
                    foreach (var text in SensitiveTexts(value))
                        yield return text;
                }
            }
        }
    }

    private void Write(string report, object? request, Region region)
    {
        onReport?.Invoke(report);
        var now = TimeOf(endpoint.Clock);
        var text = "[AppRunner] " + report;
        endpoint.Region(homeRegion).Store<LogStore>().Open(LogGroup, now).Write(ServiceLogNames.EventStream, now, text);
        if (request?.GetType().GetProperty(nameof(DescribeServiceRequest.ServiceArn))?.GetValue(request) is not string serviceArn)
            return;
        lock (region.Lock)
            region.Store<ServiceStore>().TryFind(serviceArn)?.Log.Event(text, now);
    }
}
