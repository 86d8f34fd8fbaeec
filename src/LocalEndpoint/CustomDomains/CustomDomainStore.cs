using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.Outcomes;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.LocalEndpoint.Services;
using AppRunner.LocalEndpoint.VpcIngressConnections;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.CustomDomains;

/// <summary>The domains of a region's services, and what happens to them. They have no ARNs.</summary>
/// <param name="region">The region.</param>
internal sealed class CustomDomainStore(Region region) : ResourceStore(region)
{
    private const int MostOfService = 5;

    private readonly PriorityQueue<StoredCustomDomain, DateTime> changing = new();
    private readonly Dictionary<string, StoredCustomDomain> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<StoredService, SequenceList<StoredCustomDomain>> byService = [];
    private long nextSequence = 1;

    /// <inheritdoc/>
    public override void Settle(DateTime now)
    {
        while (changing.TryPeek(out var domain, out var at) && at <= now)
        {
            changing.Dequeue();

            // A domain that was disassociated on its way, or whose service is gone, does not go on that way.
            if (domain.ChangesAt != at)
                continue;
            if (!domain.Step(Region.Endpoint.OperationDuration))
                Remove(domain);
            else if (domain.ChangesAt is { } next)
                changing.Enqueue(domain, next);
        }
    }

    /// <summary>The domains of a service, in the order of their association.</summary>
    public SequenceList<StoredCustomDomain> OfService(StoredService service) => byService.GetValueOrDefault(service) ?? new SequenceList<StoredCustomDomain>();

    /// <summary>Where domains of a service have to point for requests from VPCs.</summary>
    public List<VpcDNSTarget> VpcTargets(StoredService service) => Region.Store<VpcIngressConnectionStore>().OfService(service.Arn) is { } connection
        ? [new VpcDNSTarget { VpcIngressConnectionArn = connection.Arn, VpcId = connection.Vpc.VpcId, DomainName = connection.DomainName }]
        : [];

    /// <summary>Begins to associate a domain with a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="request">The domain.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">A service has it, or this one has as many as it can have.</exception>
    public StoredCustomDomain Associate(StoredService service, AssociateCustomDomainRequest request, DateTime now)
    {
        var domains = OfService(service);
        var domain = new StoredCustomDomain(service, request.DomainName!, request.EnableWWWSubdomain ?? true, nextSequence);
        if (domain.Names.FirstOrDefault(byName.ContainsKey) is { } taken)
            throw new InvalidRequestException($"{taken} is already associated with {byName[taken].Service.Arn}.");
        if (domains.Count >= MostOfService)
            throw new InvalidRequestException($"The service has {domains.Count} custom domains, and no more are allowed. Disassociate one first.");
        nextSequence++;
        domains.Add(domain);
        byService[service] = domains;
        foreach (var name in domain.Names)
            byName.Add(name, domain);
        Begin(domain, CustomDomainAssociationStatus.Creating, OutcomeTarget.AssociateCustomDomain, now);
        return domain;
    }

    /// <summary>Begins to disassociate a domain from a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="name">The domain.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ResourceNotFoundException">The service does not have it.</exception>
    /// <exception cref="InvalidStateException">That is happening already.</exception>
    public StoredCustomDomain Disassociate(StoredService service, string name, DateTime now)
    {
        // www.example.com may be found by a domain that has it along: that one is disassociated by its own name.
        if (byName.GetValueOrDefault(name) is not { } domain || domain.Service != service || !string.Equals(domain.Name, name, StringComparison.OrdinalIgnoreCase))
            throw new ResourceNotFoundException($"No custom domain {name} found for the provided service: {service.Arn}");
        if (domain.Status == CustomDomainAssociationStatus.Deleting)
            throw new InvalidStateException($"Custom domain cannot be disassociated in the current state: {domain.Status}.");
        Begin(domain, CustomDomainAssociationStatus.Deleting, OutcomeTarget.DisassociateCustomDomain, now);
        return domain;
    }

    /// <summary>Forgets the domains of a service that is gone.</summary>
    public void Release(StoredService service)
    {
        foreach (var domain in OfService(service).ToArray())
        {
            domain.Drop();
            Remove(domain);
        }
    }

    private void Begin(StoredCustomDomain domain, string status, string change, DateTime now)
    {
        var endpoint = Region.Endpoint;
        var changesAt = now + endpoint.OperationDuration;
        domain.Begin(status, endpoint.Outcomes.Take(change, domain.Name) == OperationStatus.Succeeded, changesAt);
        changing.Enqueue(domain, changesAt);
    }

    private void Remove(StoredCustomDomain domain)
    {
        foreach (var name in domain.Names)
            byName.Remove(name);
        var domains = byService[domain.Service];
        domains.Remove(domain);
        if (domains.Count == 0)
            byService.Remove(domain.Service);
    }
}
