using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the domains of a service (API: DescribeCustomDomains).</summary>
public sealed class DescribeCustomDomainsRequest : AppRunnerRequest<DescribeCustomDomainsResponse>, IServiceArnRequest, IPagedRequest
{
    /// <summary>Maximum entries per page.</summary>
    internal const int PageLimit = 5;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeCustomDomains";

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>Maximum entries per page, 1 to 5. Default: 5.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(0, 51200)]
    public string? NextToken { get; set; }
}

/// <summary>One page of DescribeCustomDomains.</summary>
public sealed class DescribeCustomDomainsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The host name that the domain must point to.</summary>
    public string? DNSTarget { get; set; }

    /// <summary>The service's ARN.</summary>
    public string? ServiceArn { get; set; }

    /// <summary>The domains of this page.</summary>
    public List<CustomDomain>? CustomDomains { get; set; }

    /// <summary>The targets of the domain for requests from VPCs.</summary>
    public List<VpcDNSTarget>? VpcDNSTargets { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}
