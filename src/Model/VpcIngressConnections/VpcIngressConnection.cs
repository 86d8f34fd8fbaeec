using System;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The way from a VPC to a service that is not public, whole (API: VpcIngressConnection).</summary>
public sealed class VpcIngressConnection : VpcIngressConnectionSummary
{
    /// <summary>The name.</summary>
    [Length(4, 40)]
    public new string? VpcIngressConnectionName { get; set; }

    /// <summary>AVAILABLE, or how far its creation, update or deletion is.</summary>
    [OneOf(typeof(VpcIngressConnectionStatus))]
    public string? Status { get; set; }

    /// <summary>The account that it belongs to, 12 digits.</summary>
    [Length(12, 12)]
    public string? AccountId { get; set; }

    /// <summary>The host name that requests from the VPC use.</summary>
    [Length(1, 255)]
    public string? DomainName { get; set; }

    /// <summary>The VPC endpoint.</summary>
    public IngressVpcConfiguration? IngressVpcConfiguration { get; set; }

    /// <summary>When it was created (UTC).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>When it was deleted (UTC); null while it exists.</summary>
    public DateTime? DeletedAt { get; set; }
}
