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

/// <summary>Known values of a custom domain's status (API: CustomDomainAssociationStatus).</summary>
public static class CustomDomainAssociationStatus
{
    /// <summary>Being associated; certificate records are not there yet.</summary>
    public const string Creating = "CREATING";

    /// <summary>Could not be associated.</summary>
    public const string CreateFailed = "CREATE_FAILED";

    /// <summary>Serves.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Being disassociated.</summary>
    public const string Deleting = "DELETING";

    /// <summary>Could not be disassociated.</summary>
    public const string DeleteFailed = "DELETE_FAILED";

    /// <summary>Waits until the certificate records are in the DNS.</summary>
    public const string PendingCertificateDnsValidation = "PENDING_CERTIFICATE_DNS_VALIDATION";

    /// <summary>The certificate is issued and being bound.</summary>
    public const string BindingCertificate = "BINDING_CERTIFICATE";
}

/// <summary>A DNS record that proves that the domain is one's own (API: CertificateValidationRecord).</summary>
public sealed class CertificateValidationRecord
{
    /// <summary>The record's name.</summary>
    public string? Name { get; set; }

    /// <summary>The record's type: CNAME.</summary>
    public string? Type { get; set; }

    /// <summary>The record's value.</summary>
    public string? Value { get; set; }

    /// <summary>PENDING_VALIDATION, SUCCESS or FAILED.</summary>
    [OneOf(typeof(CertificateValidationRecordStatus))]
    public string? Status { get; set; }

    /// <summary>The record as one line of a zone.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{Name} {Type} {Value}";
}

/// <summary>Known values of a certificate record's status (API: CertificateValidationRecordStatus).</summary>
public static class CertificateValidationRecordStatus
{
    /// <summary>Not seen in the DNS yet.</summary>
    public const string PendingValidation = "PENDING_VALIDATION";

    /// <summary>Seen in the DNS.</summary>
    public const string Success = "SUCCESS";

    /// <summary>Not seen in time.</summary>
    public const string Failed = "FAILED";
}

/// <summary>Where a domain points for requests from a VPC (API: VpcDNSTarget).</summary>
public sealed class VpcDNSTarget
{
    /// <summary>The ARN of the VPC ingress connection.</summary>
    [Length(1, 1011)]
    public string? VpcIngressConnectionArn { get; set; }

    /// <summary>The ID of the VPC.</summary>
    public string? VpcId { get; set; }

    /// <summary>The host name to point to.</summary>
    [Length(1, 255)]
    public string? DomainName { get; set; }

    /// <summary>Host name and VPC.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{DomainName} ({VpcId})";
}
