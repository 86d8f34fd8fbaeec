using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Associates a custom domain with a service, at most 5 per service (API: AssociateCustomDomain).</summary>
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

    /// <summary>Whether the <c>www.</c> subdomain is associated too. Default: true, which is not allowed for a wildcard.</summary>
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
    /// <summary>The host name that the domain must point to.</summary>
    public string? DNSTarget { get; set; }

    /// <summary>The service's ARN.</summary>
    public string? ServiceArn { get; set; }

    /// <summary>The domain after the request.</summary>
    public CustomDomain? CustomDomain { get; set; }

    /// <summary>The targets of the domain for requests from VPCs.</summary>
    public List<VpcDNSTarget>? VpcDNSTargets { get; set; }
}
