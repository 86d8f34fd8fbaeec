using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcIngressConnections;

/// <summary>A VPC ingress connection: what it is, and what happens to it.</summary>
internal sealed class StoredVpcIngressConnection : StoredResource
{
    private readonly string accountId;
    private IngressVpcConfiguration? vpcBefore;
    private bool succeeds;

    /// <summary>Makes one to which nothing has happened yet.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="service">The service that it leads to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="vpc">The VPC endpoint.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    public StoredVpcIngressConnection(Region region, StoredService service, string name, IngressVpcConfiguration vpc, DateTime now, IReadOnlyList<Tag>? tags)
        : base(region, "vpcingressconnection", name, now, tags)
    {
        accountId = region.Endpoint.AccountId;
        Service = service;
        DomainName = region.NewHostName();
        Vpc = vpc;
    }

    /// <summary>The service that it leads to.</summary>
    public StoredService Service { get; }

    public string DomainName { get; }

    /// <summary>The VPC endpoint that it has, or is about to have. Never changed itself, so that answers can share it.</summary>
    public IngressVpcConfiguration Vpc { get; private set; }

    /// <summary>One of <see cref="VpcIngressConnectionStatus"/>.</summary>
    public string Status { get; private set; } = string.Empty;

    /// <summary>Refuses a change that the status forbids.</summary>
    /// <param name="what">What cannot be done then, such as <c>updated</c>.</param>
    /// <param name="allowed">The statuses that allow it.</param>
    /// <exception cref="InvalidStateException">Another status.</exception>
    public void Require(string what, params string[] allowed)
    {
        if (Array.IndexOf(allowed, Status) < 0)
            throw new InvalidStateException($"VPC ingress connection cannot be {what} in the current state: {Status}.");
    }

    /// <summary>Begins a change; none runs.</summary>
    /// <param name="pending">The status meanwhile.</param>
    /// <param name="ends">Whether it will end well.</param>
    /// <param name="vpc">The VPC endpoint that it has if the change ends well; null leaves that as it is.</param>
    public void Begin(string pending, bool ends, IngressVpcConfiguration? vpc = null)
    {
        Status = pending;
        succeeds = ends;
        vpcBefore = Vpc;
        Vpc = vpc ?? Vpc;
    }

    /// <summary>Ends the running change: its time has come.</summary>
    public void End()
    {
        Status = (Status, succeeds) switch
        {
            (VpcIngressConnectionStatus.PendingCreation, false) => VpcIngressConnectionStatus.FailedCreation,
            (VpcIngressConnectionStatus.PendingUpdate, false) => VpcIngressConnectionStatus.FailedUpdate,
            (VpcIngressConnectionStatus.PendingDeletion, false) => VpcIngressConnectionStatus.FailedDeletion,
            (VpcIngressConnectionStatus.PendingDeletion, true) => VpcIngressConnectionStatus.Deleted,
            _ => VpcIngressConnectionStatus.Available,
        };
        if (!succeeds)
            Vpc = vpcBefore!;
        vpcBefore = null;
    }

    /// <summary>It as DescribeVpcIngressConnection shows it.</summary>
    public VpcIngressConnection Show() => Fill(new VpcIngressConnection
    {
        VpcIngressConnectionName = Name,
        Status = Status,
        AccountId = accountId,
        DomainName = DomainName,
        IngressVpcConfiguration = Vpc,
        CreatedAt = CreatedAt,
        DeletedAt = DeletedAt,
    });

    /// <summary>It as ListVpcIngressConnections shows it.</summary>
    public VpcIngressConnectionSummary ShowSummary() => Fill(new VpcIngressConnectionSummary());

    private TShown Fill<TShown>(TShown shown)
        where TShown : VpcIngressConnectionSummary
    {
        shown.VpcIngressConnectionArn = Arn;
        shown.ServiceArn = Service.Arn;
        return shown;
    }
}
