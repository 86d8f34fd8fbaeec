using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>The answer of DisassociateCustomDomain.</summary>
public sealed class DisassociateCustomDomainResponse : AppRunnerResponse
{
    /// <summary>The host name that the domain has to point to.</summary>
    public string? DNSTarget { get; set; }

    /// <summary>The service's ARN.</summary>
    public string? ServiceArn { get; set; }

    /// <summary>The domain as it is now.</summary>
    public CustomDomain? CustomDomain { get; set; }

    /// <summary>Where the domain has to point for requests from VPCs.</summary>
    public List<VpcDNSTarget>? VpcDNSTargets { get; set; }
}
