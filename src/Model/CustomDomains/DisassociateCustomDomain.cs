using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Disassociates a custom domain from a service (API: DisassociateCustomDomain).</summary>
public sealed class DisassociateCustomDomainRequest : AppRunnerRequest<DisassociateCustomDomainResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DisassociateCustomDomain";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>The domain, such as <c>example.com</c>, <c>api.example.com</c> or <c>*.example.com</c>. Required.</summary>
    [Required, Length(1, 255), Pattern("[A-Za-z0-9*.-]{1,255}", "a domain name")]
    public string? DomainName { get; set; }
}

/// <summary>The response of DisassociateCustomDomain.</summary>
public sealed class DisassociateCustomDomainResponse : AppRunnerResponse
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
