using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.CustomDomains;

/// <summary>A DNS record for a custom domain.</summary>
public sealed class DnsRecord
{
    // Domains that are public although they have a dot, as far as they can be known without the public suffix list: co.uk, com.au.
    private static readonly string[] SecondLevels = ["ac", "co", "com", "edu", "go", "gob", "gov", "ne", "net", "nom", "or", "org"];

    private DnsRecord(string? name, string? type, string? value, string? status, string purpose, string? domainName, string? note = null)
    {
        Name = WithoutDot(name);
        Type = type;
        Value = WithoutDot(value);
        Status = status;
        Purpose = purpose;
        DomainName = domainName;
        Note = note;
    }

    /// <summary>The record's name.</summary>
    public string? Name { get; }

    /// <summary>The record's type: CNAME, or ALIAS for a domain that looks like the apex of a zone, such as <c>example.com</c>, where CNAME is not allowed. DNS providers also call it ANAME.</summary>
    public string? Type { get; }

    /// <summary>The record's value.</summary>
    public string? Value { get; }

    /// <summary>For a certificate record PENDING_VALIDATION, SUCCESS or FAILED; null for other records, which App Runner does not check.</summary>
    public string? Status { get; }

    /// <summary>Certificate, Traffic, or VPC with the VPC's ID for traffic from that VPC.</summary>
    public string Purpose { get; }

    /// <summary>The custom domain that the record is for.</summary>
    public string? DomainName { get; }

    /// <summary>What to do if the type is ALIAS; null for other records.</summary>
    public string? Note { get; }

    /// <summary>The record as one line of text.</summary>
    /// <returns>Name, type and value.</returns>
    public override string ToString() => $"{Name} {Type} {Value}";

    /// <summary>Whether a domain looks like the apex of a zone: it has one dot, or two before a suffix such as <c>co.uk</c>.</summary>
    /// <param name="domain">The domain.</param>
    /// <returns>True if it probably cannot have a CNAME record.</returns>
    internal static bool IsApex(string? domain)
    {
        var labels = WithoutDot(domain)?.Split('.') ?? [];
        return labels.Length > 0 && labels[0] != "*"
            && (labels.Length == 2 || (labels.Length == 3 && labels[2].Length == 2 && SecondLevels.Contains(labels[1], StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>The form of names in this module: without the dot at the end that App Runner writes after some of them.</summary>
    /// <param name="name">A name.</param>
    /// <returns>The name without the dot.</returns>
    [return: NotNullIfNotNull(nameof(name))]
    internal static string? WithoutDot(string? name) => name?.TrimEnd('.');

    /// <summary>The records of a domain, in the order to add them: first certificate validation, then traffic.</summary>
    /// <param name="domain">The domain.</param>
    /// <returns>The records.</returns>
    internal static IEnumerable<DnsRecord> Of(CustomDomain domain)
    {
        foreach (var record in domain.CertificateValidationRecords ?? [])
            yield return new DnsRecord(record.Name, record.Type, record.Value, record.Status, "Certificate", domain.DomainName);
        string?[] names = domain.EnableWWWSubdomain == true ? [domain.DomainName, "www." + domain.DomainName] : [domain.DomainName];
        foreach (var name in names.Where(_ => !string.IsNullOrEmpty(domain.DNSTarget)))
            yield return For(name, domain.DNSTarget, "Traffic", domain.DomainName);
        foreach (var target in domain.VpcDNSTargets ?? [])
        {
            foreach (var name in names)
                yield return For(name, target.DomainName, "VPC " + target.VpcId, domain.DomainName);
        }
    }

    private static DnsRecord For(string? name, string? target, string purpose, string? domainName) => IsApex(name)
        ? new DnsRecord(name, "ALIAS", target, null, purpose, domainName, $"Use an ALIAS or ANAME record (Route 53: an A record with Alias) if {name} is the apex of your zone, where CNAME is not allowed; else a CNAME record.")
        : new DnsRecord(name, "CNAME", target, null, purpose, domainName);
}
