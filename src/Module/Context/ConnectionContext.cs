namespace AppRunner.Context;

/// <summary>Where the cmdlets of this runspace send their requests, and as whom. Holds no secret.</summary>
public sealed class ConnectionContext
{
    /// <summary>The default region; null where the SDK's chain decides.</summary>
    public string? Region { get; internal set; }

    /// <summary>The default profile; null where there is none.</summary>
    public string? ProfileName { get; internal set; }

    /// <summary>The access key id of default keys; null where there are none. The secret is never shown.</summary>
    public string? AccessKey { get; internal set; }

    /// <summary>The address that requests go to in place of the region's; null with AWS itself.</summary>
    public string? EndpointUrl { get; internal set; }

    /// <summary>Whether FIPS endpoints are used; null where environment and profile decide.</summary>
    public bool? UseFipsEndpoint { get; internal set; }

    /// <summary>Whether dual-stack endpoints are used; null where environment and profile decide.</summary>
    public bool? UseDualStackEndpoint { get; internal set; }

    /// <summary>Whether requests go to the local endpoint that runs in this session.</summary>
    public bool IsLocal { get; internal set; }

    /// <summary>In words: who decides what is not set here.</summary>
    public string Source { get; internal set; } = string.Empty;
}
