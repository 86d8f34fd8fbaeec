using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.State;

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
    public override void AdvanceClock(DateTime now)
    {
        while (changing.TryPeek(out var domain, out var at) && at <= now)
        {
            changing.Dequeue();

            // Outdated where the domain was disassociated meanwhile, or its service is gone.
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
        var domain = new StoredCustomDomain(service, request.DomainName!, Defaults.Fill(request).EnableWWWSubdomain == true, nextSequence);
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
    public void RemoveAllOf(StoredService service)
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

/// <summary>A domain of a service: what it is, and what happens to it. The simulation takes its DNS records as added.</summary>
internal sealed class StoredCustomDomain : ISequenced
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private readonly bool withWww;
    private readonly (string Name, string Value)[] records;
    private string? recordStatus;
    private bool succeeds;

    /// <summary>Makes one to which nothing has happened yet.</summary>
    /// <param name="service">The service.</param>
    /// <param name="name">The domain.</param>
    /// <param name="withWww">Whether <c>www.</c> before it leads to the service too.</param>
    /// <param name="sequence">Its place in the order of association.</param>
    public StoredCustomDomain(StoredService service, string name, bool withWww, long sequence)
    {
        Service = service;
        Name = name;
        this.withWww = withWww;
        Sequence = sequence;

        // As AWS Certificate Manager makes them: for the domain or what a wildcard stands before, www, and a name of App Runner's own.
        var root = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        var zone = RandomNumberGenerator.GetString(Letters, 10);
        string[] validated = [root, .. withWww ? [WwwOf(name)] : Array.Empty<string>(), $"2a57j7{RandomNumberGenerator.GetString(Letters + "0123456789", 25)}.{root}"];
        records = validated.Select(validatedName => ($"_{Hex()}.{validatedName}.", $"_{Hex()}.{zone}.acm-validations.aws.")).ToArray();
    }

    public long Sequence { get; }

    /// <summary>The service.</summary>
    public StoredService Service { get; }

    /// <summary>The domain as it was given.</summary>
    public string Name { get; }

    /// <summary>All names that lead to the service by it.</summary>
    public IEnumerable<string> Names => withWww ? [Name, WwwOf(Name)] : [Name];

    /// <summary>One of <see cref="CustomDomainAssociationStatus"/>.</summary>
    public string Status { get; private set; } = string.Empty;

    /// <summary>When the status changes next; null where it stays.</summary>
    public DateTime? ChangesAt { get; private set; }

    /// <summary>Begins to associate or to disassociate it.</summary>
    /// <param name="status">The status meanwhile.</param>
    /// <param name="ends">Whether it will end well.</param>
    /// <param name="changesAt">When the status changes next.</param>
    public void Begin(string status, bool ends, DateTime changesAt)
    {
        Status = status;
        succeeds = ends;
        ChangesAt = changesAt;
    }

    /// <summary>Changes the status: its time has come.</summary>
    /// <param name="duration">How long the next status stays, if it does not stay for good.</param>
    /// <returns>False where the domain is gone.</returns>
    public bool Step(TimeSpan duration)
    {
        switch (Status)
        {
            case CustomDomainAssociationStatus.Creating when succeeds:
                Become(CustomDomainAssociationStatus.PendingCertificateDnsValidation, ChangesAt + duration);
                recordStatus = CertificateValidationRecordStatus.PendingValidation;
                return true;
            case CustomDomainAssociationStatus.Creating:
                Become(CustomDomainAssociationStatus.CreateFailed, null);
                return true;
            case CustomDomainAssociationStatus.PendingCertificateDnsValidation:
                Become(CustomDomainAssociationStatus.BindingCertificate, ChangesAt + duration);
                recordStatus = CertificateValidationRecordStatus.Success;
                return true;
            case CustomDomainAssociationStatus.BindingCertificate:
                Become(CustomDomainAssociationStatus.Active, null);
                return true;
            default:
                Become(CustomDomainAssociationStatus.DeleteFailed, null);
                return !succeeds;
        }
    }

    /// <summary>Nothing happens to it any more: its service is gone.</summary>
    public void Drop() => ChangesAt = null;

    /// <summary>It as the API shows it.</summary>
    public CustomDomain Show() => new()
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

    private void Become(string status, DateTime? changesAt)
    {
        Status = status;
        ChangesAt = changesAt;
    }
}
