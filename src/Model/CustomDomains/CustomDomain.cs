using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A custom domain of a service (API: CustomDomain). It also has the values that the API returns next to it, so that it can be used alone in a pipeline.</summary>
public sealed class CustomDomain
{
    /// <summary>The domain.</summary>
    [Length(1, 255)]
    public string? DomainName { get; set; }

    /// <summary>Whether the <c>www.</c> subdomain is associated too.</summary>
    public bool? EnableWWWSubdomain { get; set; }

    /// <summary>The DNS records that validate the certificate, in the order to add them; empty until App Runner has requested the certificate.</summary>
    public List<CertificateValidationRecord>? CertificateValidationRecords { get; set; }

    /// <summary>CREATING, PENDING_CERTIFICATE_DNS_VALIDATION, BINDING_CERTIFICATE, ACTIVE, CREATE_FAILED, DELETING or DELETE_FAILED.</summary>
    [OneOf(typeof(CustomDomainAssociationStatus))]
    public string? Status { get; set; }

    /// <summary>The service's ARN. The API returns it next to the domain.</summary>
    [JsonIgnore]
    public string? ServiceArn { get; set; }

    /// <summary>The service's name, from its ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ServiceName => Arn.TryParse(ServiceArn, out var arn) ? arn.Name : null;

    /// <summary>The region, from the service's ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ServiceArn, out var arn) ? arn.Region : null;

    /// <summary>The host name that the domain must point to, after the certificate records are in the DNS. The API returns it next to the domain.</summary>
    [JsonIgnore]
    public string? DNSTarget { get; set; }

    /// <summary>The targets of the domain for requests from VPCs. The API returns them next to the domain.</summary>
    [JsonIgnore]
    public List<VpcDNSTarget>? VpcDNSTargets { get; set; }

    /// <summary>The domain.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => DomainName ?? base.ToString()!;
}

/// <summary>Known values of a custom domain's status (API: CustomDomainAssociationStatus).</summary>
public static class CustomDomainAssociationStatus
{
    /// <summary>Being associated; there are no certificate records yet.</summary>
    [Description("Being associated; there are no certificate records yet")]
    public const string Creating = "CREATING";

    /// <summary>Could not be associated.</summary>
    [Description("Could not be associated")]
    public const string CreateFailed = "CREATE_FAILED";

    /// <summary>In use.</summary>
    [Description("In use")]
    public const string Active = "ACTIVE";

    /// <summary>Being disassociated.</summary>
    [Description("Being disassociated")]
    public const string Deleting = "DELETING";

    /// <summary>Could not be disassociated.</summary>
    [Description("Could not be disassociated")]
    public const string DeleteFailed = "DELETE_FAILED";

    /// <summary>Waits until the certificate records are in the DNS.</summary>
    [Description("Waits until the certificate records are in the DNS")]
    public const string PendingCertificateDnsValidation = "PENDING_CERTIFICATE_DNS_VALIDATION";

    /// <summary>The certificate is issued and being bound.</summary>
    [Description("The certificate is issued and being bound")]
    public const string BindingCertificate = "BINDING_CERTIFICATE";
}

/// <summary>A DNS record that proves ownership of the domain (API: CertificateValidationRecord).</summary>
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

    /// <summary>The record as one line of a zone file.</summary>
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

/// <summary>The target of a domain for requests from a VPC (API: VpcDNSTarget).</summary>
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
