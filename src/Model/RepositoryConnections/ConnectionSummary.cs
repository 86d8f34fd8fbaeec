using System;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A connection to a source code provider, as ListConnections gives it (API: ConnectionSummary).</summary>
public class ConnectionSummary : IResource
{
    /// <summary>The name.</summary>
    [Length(4, 32)]
    public string? ConnectionName { get; set; }

    /// <summary>The ARN.</summary>
    [Length(1, 1011)]
    public string? ConnectionArn { get; set; }

    /// <summary>GITHUB or BITBUCKET.</summary>
    [OneOf(typeof(ProviderType))]
    public string? ProviderType { get; set; }

    /// <summary>PENDING_HANDSHAKE until it is approved, then AVAILABLE; ERROR or DELETED.</summary>
    [OneOf(typeof(ConnectionStatus))]
    public string? Status { get; set; }

    /// <summary>When it was created (UTC).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>The ARN, under the name by which the tag cmdlets take it from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => ConnectionArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ConnectionArn, out var arn) ? arn.Region : null;

    /// <summary>The name.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => ConnectionName ?? base.ToString()!;
}
