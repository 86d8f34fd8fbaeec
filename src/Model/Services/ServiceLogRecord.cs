using System;
using System.ComponentModel;

namespace AppRunner.Model;

/// <summary>One line of a service's logs.</summary>
public sealed class ServiceLogRecord
{
    /// <summary>When it happened, in local time.</summary>
    public DateTime Timestamp { get; set; }

    /// <summary>The log stream: <c>events</c>, <c>deployment/ID</c> or <c>instance/ID</c>.</summary>
    public string? Stream { get; set; }

    /// <summary>The line.</summary>
    public string? Message { get; set; }

    /// <summary>One of <see cref="ServiceLogKind"/>.</summary>
    public string? Kind { get; set; }

    /// <summary>The service's name.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The message.</summary>
    /// <returns>The message.</returns>
    public override string ToString() => Message ?? string.Empty;
}

/// <summary>The kinds of service logs.</summary>
public static class ServiceLogKind
{
    /// <summary>Events of the service.</summary>
    [Description("Events of the service")]
    public const string Event = "Event";

    /// <summary>Output of operations: fetch, build, deploy, health checks.</summary>
    [Description("Output of operations: fetch, build, deploy, health checks")]
    public const string Deployment = "Deployment";

    /// <summary>Output of the application.</summary>
    [Description("Output of the application")]
    public const string Application = "Application";
}
