using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A VPC connector: the outbound connection of services to a VPC (API: VpcConnector).</summary>
public sealed class VpcConnector : IResource
{
    /// <summary>The name, unique among active connectors.</summary>
    [Length(4, 40)]
    public string? VpcConnectorName { get; set; }

    /// <summary>The ARN.</summary>
    [Length(1, 1011)]
    public string? VpcConnectorArn { get; set; }

    /// <summary>The revision, from 1.</summary>
    public int? VpcConnectorRevision { get; set; }

    /// <summary>The IDs of the subnets, all of one VPC.</summary>
    public List<string>? Subnets { get; set; }

    /// <summary>The IDs of the security groups; the default group of the VPC if none was given.</summary>
    public List<string>? SecurityGroups { get; set; }

    /// <summary>ACTIVE, or INACTIVE once it is deleted.</summary>
    [OneOf(typeof(VpcConnectorStatus))]
    public string? Status { get; set; }

    /// <summary>When it was created (local time).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>When it was deleted (local time); null while it is active.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>The ARN, under the name that the tag cmdlets bind from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => VpcConnectorArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(VpcConnectorArn, out var arn) ? arn.Region : null;

    /// <summary>The name.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => VpcConnectorName ?? base.ToString()!;
}

/// <summary>Known values of a VPC connector's status (API: VpcConnectorStatus).</summary>
public static class VpcConnectorStatus
{
    /// <summary>Usable.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Deleted.</summary>
    public const string Inactive = "INACTIVE";
}
