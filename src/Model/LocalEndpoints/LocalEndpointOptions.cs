using System;
using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>How a local endpoint is to be.</summary>
public sealed class LocalEndpointOptions
{
    /// <summary>The TCP port on loopback, 1 to 65535; 0 takes a free one. Default: 0.</summary>
    public int Port { get; set; }

    /// <summary>The region that the session's cmdlets use with it. Default: us-east-1. Every region is served, each with services of its own.</summary>
    public string Region { get; set; } = KnownRegion.UsEast1;

    /// <summary>The account in the ARNs, 12 digits. Default: 000000000000.</summary>
    public string AccountId { get; set; } = "000000000000";

    /// <summary>The access key id that requests must be signed with; null makes a random one.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret key that requests must be signed with; null makes a random one.</summary>
    public string? SecretKey { get; set; }

    /// <summary>How long an operation takes, 0 to 24 hours. Default: 2 s.</summary>
    public TimeSpan OperationDuration { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Services that account and region may hold; deleted ones do not count. Default: 30, as the service's own.</summary>
    public int ServiceQuota { get; set; } = 30;

    /// <summary>
    /// Whether services are really built, run, checked and served: their commands run on this computer with the rights of the user, and not
    /// in a container. Default: false; operations are simulated then, and take <see cref="OperationDuration"/>.
    /// </summary>
    public bool AllowExecution { get; set; }

    /// <summary>The values of the secrets and parameters that services refer to, by ARN or name. Used with <see cref="AllowExecution"/>, and never shown.</summary>
    [Sensitive]
    public IReadOnlyDictionary<string, string>? Secrets { get; set; }

    /// <summary>
    /// The folder for source code and builds, by its whole path; nobody else may be able to write to it. Null: a folder of its own among
    /// the user's application data. What the endpoint puts there is deleted when it stops. Used with <see cref="AllowExecution"/>.
    /// </summary>
    public string? WorkFolder { get; set; }

    /// <summary>Time until source code is fetched and built, or an image pulled, 1 s to 24 hours. Default: 10 min. Used with <see cref="AllowExecution"/>.</summary>
    public TimeSpan BuildTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time until a new instance must be healthy, 1 s to 24 hours. Default: 3 min. Used with <see cref="AllowExecution"/>.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Bytes that one stream of a service's logs may take, 1 KiB to 1 GiB; the oldest lines go. All streams of a kind together take eight times as much at most; the oldest streams go. Default: 1 MiB.</summary>
    public int LogLimit { get; set; } = 1024 * 1024;
}
