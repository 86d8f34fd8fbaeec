using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.CustomDomains;

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
