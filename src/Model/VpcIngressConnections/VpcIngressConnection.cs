using System;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A VPC ingress connection as returned by ListVpcIngressConnections (API: VpcIngressConnectionSummary).</summary>
public class VpcIngressConnectionSummary : IResource
{
    /// <summary>The ARN.</summary>
    [Length(1, 1011)]
    public string? VpcIngressConnectionArn { get; set; }

    /// <summary>The ARN of the service that it leads to.</summary>
    [Length(1, 1011)]
    public string? ServiceArn { get; set; }

    /// <summary>The name, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? VpcIngressConnectionName => Arn.TryParse(VpcIngressConnectionArn, out var arn) ? arn.Name : null;

    /// <summary>The service's name, from its ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ServiceName => Arn.TryParse(ServiceArn, out var arn) ? arn.Name : null;

    /// <summary>The ARN, under the name that the tag cmdlets bind from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => VpcIngressConnectionArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(VpcIngressConnectionArn, out var arn) ? arn.Region : null;

    /// <summary>The name, from the ARN.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => VpcIngressConnectionName ?? base.ToString()!;
}

/// <summary>A VPC ingress connection: private access from a VPC to a service, with all members (API: VpcIngressConnection).</summary>
public sealed class VpcIngressConnection : VpcIngressConnectionSummary
{
    /// <summary>The name.</summary>
    [Length(4, 40)]
    public new string? VpcIngressConnectionName { get; set; }

    /// <summary>AVAILABLE, or the state of its creation, update or deletion.</summary>
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

    /// <summary>When it was created (local time).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>When it was deleted (local time); null while it exists.</summary>
    public DateTime? DeletedAt { get; set; }
}

/// <summary>Known values of a VPC ingress connection's status (API: VpcIngressConnectionStatus).</summary>
public static class VpcIngressConnectionStatus
{
    /// <summary>Usable.</summary>
    public const string Available = "AVAILABLE";

    /// <summary>Being created.</summary>
    public const string PendingCreation = "PENDING_CREATION";

    /// <summary>Being changed.</summary>
    public const string PendingUpdate = "PENDING_UPDATE";

    /// <summary>Being deleted.</summary>
    public const string PendingDeletion = "PENDING_DELETION";

    /// <summary>Could not be created; it can be updated or deleted.</summary>
    public const string FailedCreation = "FAILED_CREATION";

    /// <summary>Could not be changed; it can be updated again or deleted.</summary>
    public const string FailedUpdate = "FAILED_UPDATE";

    /// <summary>Could not be deleted; it can be deleted again.</summary>
    public const string FailedDeletion = "FAILED_DELETION";

    /// <summary>Deleted.</summary>
    public const string Deleted = "DELETED";
}

/// <summary>The VPC endpoint that requests come through (API: IngressVpcConfiguration).</summary>
public sealed class IngressVpcConfiguration
{
    /// <summary>The ID of the VPC, such as <c>vpc-0123456789abcdef0</c>.</summary>
    [Length(0, 51200)]
    public string? VpcId { get; set; }

    /// <summary>The ID of the interface endpoint in it, such as <c>vpce-0123456789abcdef0</c>.</summary>
    [Length(0, 51200)]
    public string? VpcEndpointId { get; set; }

    /// <summary>Endpoint and VPC.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{VpcEndpointId} in {VpcId}";
}
