using System;

namespace AppRunner.Model;

/// <summary>Which lines of a service's logs.</summary>
/// <param name="serviceArn">The service.</param>
/// <param name="kind">One of <see cref="ServiceLogKind"/>.</param>
public sealed class ServiceLogQuery(string serviceArn, string kind)
{
    /// <summary>The service.</summary>
    public string ServiceArn { get; } = serviceArn;

    /// <summary>One of <see cref="ServiceLogKind"/>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The operation whose lines are wanted; null for those of all operations. With the kind Deployment.</summary>
    public string? OperationId { get; set; }

    /// <summary>How many of the newest lines, 1 or more; null for all.</summary>
    public int? Tail { get; set; }

    /// <summary>The time from which on, in UTC; null for all.</summary>
    public DateTime? Since { get; set; }
}
