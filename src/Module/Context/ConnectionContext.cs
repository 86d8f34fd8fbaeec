using System;

namespace AppRunner.Context;

/// <summary>The connection settings of this runspace: region, credentials and endpoint. Has no secrets.</summary>
public sealed class ConnectionContext
{
    /// <summary>The default region; null if the SDK's default chain decides.</summary>
    public string? Region { get; internal set; }

    /// <summary>The default profile; null if there is none.</summary>
    public string? ProfileName { get; internal set; }

    /// <summary>The access key id of the default keys; null if there are none. The secret key is never shown.</summary>
    public string? AccessKey { get; internal set; }

    /// <summary>The endpoint URL that is used instead of the region's; null for AWS.</summary>
    public string? EndpointUrl { get; internal set; }

    /// <summary>Whether FIPS endpoints are used; null if environment and profile decide.</summary>
    public bool? UseFipsEndpoint { get; internal set; }

    /// <summary>Whether dual-stack endpoints are used; null if environment and profile decide.</summary>
    public bool? UseDualStackEndpoint { get; internal set; }

    /// <summary>The maximum time for one request with its retries.</summary>
    public TimeSpan RequestTimeout { get; internal set; }

    /// <summary>Whether requests are sent to the local endpoint of this session.</summary>
    public bool IsLocal { get; internal set; }

    /// <summary>The sources of the settings, in order of precedence.</summary>
    public string Source { get; internal set; } = string.Empty;
}
