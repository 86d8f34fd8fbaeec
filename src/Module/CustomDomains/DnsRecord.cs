using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.CustomDomains;

/// <summary>A DNS record for a custom domain.</summary>
public sealed class DnsRecord
{
    private DnsRecord(string? name, string? type, string? value, string? status, string purpose, string? domainName)
    {
        Name = name;
        Type = type;
        Value = value;
        Status = status;
        Purpose = purpose;
        DomainName = domainName;
    }

    /// <summary>The record's name.</summary>
    public string? Name { get; }

    /// <summary>The record's type: CNAME. At the apex of a zone, where CNAME is not allowed, use the DNS provider's ALIAS or ANAME.</summary>
    public string? Type { get; }

    /// <summary>The record's value.</summary>
    public string? Value { get; }

    /// <summary>For a certificate record PENDING_VALIDATION, SUCCESS or FAILED; null for other records, which App Runner does not check.</summary>
    public string? Status { get; }

    /// <summary>Certificate, Traffic, or VPC with the VPC's ID for traffic from that VPC.</summary>
    public string Purpose { get; }

    /// <summary>The custom domain that the record is for.</summary>
    public string? DomainName { get; }

    /// <summary>The record as one line of text.</summary>
    /// <returns>Name, type and value.</returns>
    public override string ToString() => $"{Name} {Type} {Value}";

    /// <summary>The records of a domain, in the order to add them: first certificate validation, then traffic.</summary>
    /// <param name="domain">The domain.</param>
    /// <returns>The records.</returns>
    internal static IEnumerable<DnsRecord> Of(CustomDomain domain)
    {
        foreach (var record in domain.CertificateValidationRecords ?? [])
            yield return new DnsRecord(record.Name, record.Type, record.Value, record.Status, "Certificate", domain.DomainName);
        string?[] names = domain.EnableWWWSubdomain == true ? [domain.DomainName, "www." + domain.DomainName] : [domain.DomainName];
        foreach (var name in names.Where(_ => !string.IsNullOrEmpty(domain.DNSTarget)))
            yield return new DnsRecord(name, "CNAME", domain.DNSTarget, null, "Traffic", domain.DomainName);
        foreach (var target in domain.VpcDNSTargets ?? [])
        {
            foreach (var name in names)
                yield return new DnsRecord(name, "CNAME", target.DomainName, null, "VPC " + target.VpcId, domain.DomainName);
        }
    }
}
