using System;
using System.ComponentModel;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A connection to a source code provider, as returned by ListConnections (API: ConnectionSummary).</summary>
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

    /// <summary>When it was created (local time).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>The ARN, under the name that the tag cmdlets bind from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => ConnectionArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ConnectionArn, out var arn) ? arn.Region : null;

    /// <summary>The name.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => ConnectionName ?? base.ToString()!;
}

/// <summary>A connection to a source code provider, as returned by CreateConnection and DeleteConnection; the members are those of ConnectionSummary (API: Connection).</summary>
public sealed class Connection : ConnectionSummary
{
}

/// <summary>Known values of a connection's status (API: ConnectionStatus).</summary>
public static class ConnectionStatus
{
    /// <summary>Waits until it is approved, in the console: no service can use it yet.</summary>
    [Description("Waits until it is approved, in the console: no service can use it yet")]
    public const string PendingHandshake = "PENDING_HANDSHAKE";

    /// <summary>Usable.</summary>
    [Description("Usable")]
    public const string Available = "AVAILABLE";

    /// <summary>The handshake failed.</summary>
    [Description("The handshake failed")]
    public const string Error = "ERROR";

    /// <summary>Deleted.</summary>
    [Description("Deleted")]
    public const string Deleted = "DELETED";
}

/// <summary>Known values of a connection's provider (API: ProviderType).</summary>
public static class ProviderType
{
    /// <summary>Repositories on GitHub.</summary>
    [Description("Repositories on GitHub")]
    public const string GitHub = "GITHUB";

    /// <summary>Repositories on Bitbucket.</summary>
    [Description("Repositories on Bitbucket")]
    public const string Bitbucket = "BITBUCKET";
}
