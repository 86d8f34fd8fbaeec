using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The custom domains of a region's services and their status changes. Custom domains have no ARNs.</summary>
/// <param name="region">The region.</param>
internal sealed class CustomDomainStore(Region region) : ResourceStore(region)
{
    private const int MaxPerService = 5;

    private readonly PriorityQueue<StoredCustomDomain, DateTime> changing = new();
    private readonly Dictionary<string, StoredCustomDomain> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<StoredService, SequenceList<StoredCustomDomain>> byService = [];
    private long nextSequence = 1;

    /// <inheritdoc/>
    public override void AdvanceClock(DateTime now)
    {
        while (changing.TryPeek(out var domain, out var at) && at <= now)
        {
            changing.Dequeue();

            // Skip an entry that is out of date: the domain was disassociated meanwhile, or its service deleted.
            if (domain.ChangesAt != at)
                continue;
            if (!domain.Advance(Region.Endpoint.OperationDuration))
                Remove(domain);
            else if (domain.ChangesAt is { } next)
                changing.Enqueue(domain, next);
        }
    }

    /// <summary>The domains of a service, in the order of association.</summary>
    public SequenceList<StoredCustomDomain> OfService(StoredService service) => byService.GetValueOrDefault(service) ?? new SequenceList<StoredCustomDomain>();

    /// <summary>The DNS targets of a service for requests from VPCs.</summary>
    public List<VpcDNSTarget> VpcTargets(StoredService service) => Region.Store<VpcIngressConnectionStore>().OfService(service.Arn) is { } connection
        ? [new VpcDNSTarget { VpcIngressConnectionArn = connection.Arn, VpcId = connection.Vpc.VpcId, DomainName = connection.DomainName }]
        : [];

    /// <summary>Starts associating a domain with a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The domain is already associated, or the service has the maximum number of domains.</exception>
    public StoredCustomDomain Associate(StoredService service, AssociateCustomDomainRequest request, DateTime now)
    {
        var domains = OfService(service);
        var domain = new StoredCustomDomain(service, request.DomainName!, Defaults.Fill(request).EnableWWWSubdomain == true, nextSequence);
        if (domain.Names.FirstOrDefault(byName.ContainsKey) is { } taken)
            throw new InvalidRequestException($"{taken} is already associated with {byName[taken].Service.Arn}.");
        if (domains.Count >= MaxPerService)
            throw new InvalidRequestException($"The service has {domains.Count} custom domains, which is the maximum. Disassociate one first.");
        nextSequence++;
        domains.Add(domain);
        byService[service] = domains;
        foreach (var name in domain.Names)
            byName.Add(name, domain);
        Begin(domain, CustomDomainAssociationStatus.Creating, OutcomeTarget.AssociateCustomDomain, now);
        return domain;
    }

    /// <summary>Starts disassociating a domain from a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="name">The domain.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ResourceNotFoundException">The service does not have the domain.</exception>
    /// <exception cref="InvalidStateException">The domain is already being disassociated.</exception>
    public StoredCustomDomain Disassociate(StoredService service, string name, DateTime now)
    {
        // byName also finds a domain by its www subdomain, but it is disassociated by its own name only.
        if (byName.GetValueOrDefault(name) is not { } domain || domain.Service != service || !string.Equals(domain.Name, name, StringComparison.OrdinalIgnoreCase))
            throw new ResourceNotFoundException($"No custom domain {name} found for the provided service: {service.Arn}");
        if (domain.Status == CustomDomainAssociationStatus.Deleting)
            throw new InvalidStateException($"Custom domain cannot be disassociated in the current state: {domain.Status}.");
        Begin(domain, CustomDomainAssociationStatus.Deleting, OutcomeTarget.DisassociateCustomDomain, now);
        return domain;
    }

    /// <summary>Removes the domains of a deleted service.</summary>
    public void RemoveAllOf(StoredService service)
    {
        foreach (var domain in OfService(service).ToArray())
        {
            domain.CancelChange();
            Remove(domain);
        }
    }

    private void Begin(StoredCustomDomain domain, string status, string change, DateTime now)
    {
        var endpoint = Region.Endpoint;
        var changesAt = now + endpoint.OperationDuration;
        domain.Begin(status, endpoint.ForcedOutcomes.Take(change, domain.Name) == OperationStatus.Succeeded, changesAt);
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

/// <summary>A custom domain of a service with its status. The simulation assumes that its DNS records exist.</summary>
internal sealed class StoredCustomDomain : ISequenced
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private readonly bool withWww;
    private readonly (string Name, string Value)[] records;
    private string? recordStatus;
    private bool succeeds;

    /// <summary>Creates a domain whose association has not started.</summary>
    /// <param name="service">The service.</param>
    /// <param name="name">The domain.</param>
    /// <param name="withWww">Whether the <c>www.</c> subdomain is associated too.</param>
    /// <param name="sequence">Its position in the order of association.</param>
    public StoredCustomDomain(StoredService service, string name, bool withWww, long sequence)
    {
        Service = service;
        Name = name;
        this.withWww = withWww;
        Sequence = sequence;

        // The validation records of AWS Certificate Manager: for the domain (without its wildcard), its www subdomain, and a name that App Runner adds.
        var root = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        var zone = RandomNumberGenerator.GetString(Letters, 10);
        string[] validated = [root, .. withWww ? [WwwOf(name)] : Array.Empty<string>(), $"2a57j7{RandomNumberGenerator.GetString(Letters + "0123456789", 25)}.{root}"];
        records = validated.Select(validatedName => ($"_{Hex()}.{validatedName}.", $"_{Hex()}.{zone}.acm-validations.aws.")).ToArray();
    }

    public long Sequence { get; }

    /// <summary>The service.</summary>
    public StoredService Service { get; }

    /// <summary>The domain as requested.</summary>
    public string Name { get; }

    /// <summary>The domain and, if associated, its www subdomain.</summary>
    public IEnumerable<string> Names => withWww ? [Name, WwwOf(Name)] : [Name];

    /// <summary>One of <see cref="CustomDomainAssociationStatus"/>.</summary>
    public string Status { get; private set; } = string.Empty;

    /// <summary>When the status changes next; null if no change is scheduled.</summary>
    public DateTime? ChangesAt { get; private set; }

    /// <summary>Starts an association or a disassociation.</summary>
    /// <param name="status">The status until the change.</param>
    /// <param name="willSucceed">Whether it will succeed.</param>
    /// <param name="changesAt">When the status changes next.</param>
    public void Begin(string status, bool willSucceed, DateTime changesAt)
    {
        Status = status;
        succeeds = willSucceed;
        ChangesAt = changesAt;
    }

    /// <summary>Changes to the next status.</summary>
    /// <param name="duration">The duration of the next status, unless it is final.</param>
    /// <returns>False if the domain is to be removed.</returns>
    public bool Advance(TimeSpan duration)
    {
        switch (Status)
        {
            case CustomDomainAssociationStatus.Creating when succeeds:
                SetStatus(CustomDomainAssociationStatus.PendingCertificateDnsValidation, ChangesAt + duration);
                recordStatus = CertificateValidationRecordStatus.PendingValidation;
                return true;
            case CustomDomainAssociationStatus.Creating:
                SetStatus(CustomDomainAssociationStatus.CreateFailed, null);
                return true;
            case CustomDomainAssociationStatus.PendingCertificateDnsValidation:
                SetStatus(CustomDomainAssociationStatus.BindingCertificate, ChangesAt + duration);
                recordStatus = CertificateValidationRecordStatus.Success;
                return true;
            case CustomDomainAssociationStatus.BindingCertificate:
                SetStatus(CustomDomainAssociationStatus.Active, null);
                return true;
            default:
                SetStatus(CustomDomainAssociationStatus.DeleteFailed, null);
                return !succeeds;
        }
    }

    /// <summary>Cancels the scheduled change, because the service was deleted.</summary>
    public void CancelChange() => ChangesAt = null;

    /// <summary>Converts it into the API's type.</summary>
    public CustomDomain ToShape() => new()
    {
        DomainName = Name,
        EnableWWWSubdomain = withWww,
        Status = Status,
        CertificateValidationRecords = recordStatus is null
            ? []
            : records.Select(record => new CertificateValidationRecord { Name = record.Name, Type = "CNAME", Value = record.Value, Status = recordStatus }).ToList(),
    };

    private static string WwwOf(string name) => "www." + name;

    private static string Hex() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    private void SetStatus(string status, DateTime? changesAt)
    {
        Status = status;
        ChangesAt = changesAt;
    }
}
