using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A domain name of one's own for a service (API: CustomDomain). What the API answers beside it is on it too, so that it stands alone in a pipeline.</summary>
public sealed class CustomDomain
{
    /// <summary>The domain.</summary>
    [Length(1, 255)]
    public string? DomainName { get; set; }

    /// <summary>Whether <c>www.</c> before it leads to the service too.</summary>
    public bool? EnableWWWSubdomain { get; set; }

    /// <summary>The records that have to be in the DNS for the certificate, in the order to add them; empty until App Runner has asked for the certificate.</summary>
    public List<CertificateValidationRecord>? CertificateValidationRecords { get; set; }

    /// <summary>CREATING, PENDING_CERTIFICATE_DNS_VALIDATION, BINDING_CERTIFICATE, ACTIVE, CREATE_FAILED, DELETING or DELETE_FAILED.</summary>
    [OneOf(typeof(CustomDomainAssociationStatus))]
    public string? Status { get; set; }

    /// <summary>The service's ARN. The API answers it beside the domain.</summary>
    [JsonIgnore]
    public string? ServiceArn { get; set; }

    /// <summary>The service's name, from its ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ServiceName => Arn.TryParse(ServiceArn, out var arn) ? arn.Name : null;

    /// <summary>The region, from the service's ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ServiceArn, out var arn) ? arn.Region : null;

    /// <summary>The host name that the domain has to point to, once the certificate records are in the DNS. The API answers it beside the domain.</summary>
    [JsonIgnore]
    public string? DNSTarget { get; set; }

    /// <summary>Where the domain has to point for requests from VPCs. The API answers them beside the domain.</summary>
    [JsonIgnore]
    public List<VpcDNSTarget>? VpcDNSTargets { get; set; }

    /// <summary>The domain.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => DomainName ?? base.ToString()!;
}
