using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.CustomDomains;

/// <summary>Reads the custom domains of a service, each with the DNS targets of the response.</summary>
internal static class CustomDomainReading
{
    /// <summary>Reads domains page by page.</summary>
    /// <param name="client">The client to send with.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="take">Called with each domain; returns false to stop.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>A task that completes when everything has been read.</returns>
    public static Task ReadDomainsAsync(this IAppRunnerClient client, string serviceArn, Func<CustomDomain, Task<bool>> take, CancellationToken cancellationToken) => Pages.ReadAsync(
        client,
        new DescribeCustomDomainsRequest { ServiceArn = serviceArn, MaxResults = DescribeCustomDomainsRequest.PageLimit },
        async page =>
        {
            foreach (var domain in page.CustomDomains ?? [])
            {
                if (!await take(domain.WithTargets(page.ServiceArn ?? serviceArn, page.DNSTarget, page.VpcDNSTargets)).ConfigureAwait(false))
                    return false;
            }

            return true;
        },
        cancellationToken);

    /// <summary>Finds a domain of a service.</summary>
    /// <param name="client">The client to send with.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="domainName">The domain; not case-sensitive.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The domain; null if the service does not have it.</returns>
    public static async Task<CustomDomain?> FindDomainAsync(this IAppRunnerClient client, string serviceArn, string domainName, CancellationToken cancellationToken)
    {
        CustomDomain? found = null;
        await client.ReadDomainsAsync(
            serviceArn,
            domain =>
            {
                if (string.Equals(domain.DomainName, domainName, StringComparison.OrdinalIgnoreCase))
                    found = domain;
                return Task.FromResult(found is null);
            },
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Sets the service and the DNS targets of a domain, which the API returns once for all domains, and gives all names one form.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="serviceArn">Its service.</param>
    /// <param name="target">The DNS target.</param>
    /// <param name="vpcTargets">The DNS targets for requests from VPCs.</param>
    /// <returns>The same domain.</returns>
    public static CustomDomain WithTargets(this CustomDomain domain, string? serviceArn, string? target, List<VpcDNSTarget>? vpcTargets)
    {
        foreach (var record in domain.CertificateValidationRecords ?? [])
        {
            record.Name = DnsRecord.WithoutDot(record.Name);
            record.Value = DnsRecord.WithoutDot(record.Value);
        }

        foreach (var vpcTarget in vpcTargets ?? [])
            vpcTarget.DomainName = DnsRecord.WithoutDot(vpcTarget.DomainName);
        domain.ServiceArn = serviceArn;
        domain.DNSTarget = DnsRecord.WithoutDot(target);
        domain.VpcDNSTargets = vpcTargets ?? [];
        return domain;
    }
}
