using System;

namespace AppRunner.Model;

/// <summary>The result of one request to a service's URL, made like its health check.</summary>
public sealed class ServiceProbe
{
    /// <summary>Whether a response passes an HTTP health check. App Runner does not document which statuses do; 200 is the one that does everywhere.</summary>
    /// <param name="statusCode">The status.</param>
    /// <returns>True for success.</returns>
    internal static bool IsSuccess(int statusCode) => statusCode == 200;

    /// <summary>The service's name.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The service's ARN.</summary>
    public string? ServiceArn { get; set; }

    /// <summary>The requested URL: <c>https://host/path</c>, or <c>tcp://host:443</c>; null if the service has no URL.</summary>
    public string? Url { get; set; }

    /// <summary>What was done: HTTP sent a request, TCP only connected.</summary>
    public string Protocol { get; set; } = HealthCheckProtocol.Tcp;

    /// <summary>Whether the service responded in time: an HTTP check with status 200, a request for a TCP check with a status below 500.</summary>
    public bool Succeeded { get; set; }

    /// <summary>The status of the HTTP response; null if there was none.</summary>
    public int? StatusCode { get; set; }

    /// <summary>Time until the connection was open (TCP), the response headers were received (HTTP), or the request failed.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The beginning of the response's body, at most 4 KiB; null if there was no HTTP response.</summary>
    public string? Body { get; set; }

    /// <summary>The error; null if it succeeded.</summary>
    public string? Error { get; set; }

    /// <summary>When it began (local time).</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>The result on one line.</summary>
    /// <returns>Such as <c>https://host/health: 200 in 31 ms</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Url}: {Error ?? StatusCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "open"} in {Latency.TotalMilliseconds:0} ms");
}
