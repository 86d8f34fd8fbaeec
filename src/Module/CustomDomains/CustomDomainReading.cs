using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.CustomDomains;

/// <summary>Reads the custom domains of a service, each with what the API answers beside it.</summary>
internal static class CustomDomainReading
{
    /// <summary>Reads domains page by page.</summary>
    /// <param name="client">Where to ask.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="take">Takes a domain; false ends the reading.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task for the end.</returns>
    public static Task ReadDomainsAsync(this IAppRunnerClient client, string serviceArn, Func<CustomDomain, Task<bool>> take, CancellationToken cancellationToken) => Pages.ReadAsync(
        client,
        new DescribeCustomDomainsRequest { ServiceArn = serviceArn, MaxResults = DescribeCustomDomainsRequest.PageLimit },
        async page =>
        {
            foreach (var domain in page.CustomDomains ?? [])
            {
                if (!await take(domain.Of(page.ServiceArn ?? serviceArn, page.DNSTarget, page.VpcDNSTargets)).ConfigureAwait(false))
                    return false;
            }

            return true;
        },
        cancellationToken);

    /// <summary>Finds a domain of a service.</summary>
    /// <param name="client">Where to ask.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="domainName">The domain; case does not matter.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The domain; null where the service does not have it.</returns>
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

    /// <summary>Puts on a domain what the API answers beside it.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="serviceArn">Its service.</param>
    /// <param name="target">Where it has to point.</param>
    /// <param name="vpcTargets">Where it has to point for requests from VPCs.</param>
    /// <returns>The same domain.</returns>
    public static CustomDomain Of(this CustomDomain domain, string? serviceArn, string? target, List<VpcDNSTarget>? vpcTargets)
    {
        domain.ServiceArn = serviceArn;
        domain.DNSTarget = target;
        domain.VpcDNSTargets = vpcTargets ?? [];
        return domain;
    }
}
