using System;

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
}
