using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of DescribeCustomDomains.</summary>
public sealed class DescribeCustomDomainsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The host name that the domain has to point to.</summary>
    public string? DNSTarget { get; set; }

    /// <summary>The service's ARN.</summary>
    public string? ServiceArn { get; set; }

    /// <summary>The domains of this page.</summary>
    public List<CustomDomain>? CustomDomains { get; set; }

    /// <summary>Where the domain has to point for requests from VPCs.</summary>
    public List<VpcDNSTarget>? VpcDNSTargets { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
