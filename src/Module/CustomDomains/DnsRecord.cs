using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.CustomDomains;

/// <summary>A record that a custom domain needs in the DNS.</summary>
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

    /// <summary>The record's type: CNAME. At the top of a zone, where none is allowed, the provider's ALIAS or ANAME takes its place.</summary>
    public string? Type { get; }

    /// <summary>The record's value.</summary>
    public string? Value { get; }

    /// <summary>Of a certificate record PENDING_VALIDATION, SUCCESS or FAILED; of the others null, because nobody checks them.</summary>
    public string? Status { get; }

    /// <summary>Certificate, Traffic, or VPC with its ID for traffic from it.</summary>
    public string Purpose { get; }

    /// <summary>The custom domain that needs the record.</summary>
    public string? DomainName { get; }

    /// <summary>The record as one line of text.</summary>
    /// <returns>Name, type and value.</returns>
    public override string ToString() => $"{Name} {Type} {Value}";

    /// <summary>The records of a domain, in the order to add them: first those that prove who owns it, then those that lead to the service.</summary>
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
