using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Associates a domain name of one's own with a service; at most 5 a service (API: AssociateCustomDomain).</summary>
public sealed class AssociateCustomDomainRequest : AppRunnerRequest<AssociateCustomDomainResponse>, IServiceArnRequest, ICrossFieldRules
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "AssociateCustomDomain";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>The domain, such as <c>example.com</c>, <c>api.example.com</c> or <c>*.example.com</c>. Required.</summary>
    [Required, Length(1, 255), Pattern("[A-Za-z0-9*.-]{1,255}", "a domain name"), DomainName]
    public string? DomainName { get; set; }

    /// <summary>Whether <c>www.</c> before it leads to the service too. Default: true, which a wildcard does not allow.</summary>
    [Default(true)]
    public bool? EnableWWWSubdomain { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (DomainName?.StartsWith("*.", StringComparison.Ordinal) == true && EnableWWWSubdomain != false)
            yield return new Problem(nameof(EnableWWWSubdomain), "must be false for a wildcard domain.");
    }
}

/// <summary>The response of AssociateCustomDomain.</summary>
public sealed class AssociateCustomDomainResponse : AppRunnerResponse
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
