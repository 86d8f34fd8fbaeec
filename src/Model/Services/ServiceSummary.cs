using System;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A service in short, as ListServices gives it (API: ServiceSummary).</summary>
public class ServiceSummary : IResource
{
    /// <summary>The name, unique among the running services of account and region.</summary>
    [Length(4, 40)]
    public string? ServiceName { get; set; }

    /// <summary>The ID that App Runner gave: 32 hexadecimal digits.</summary>
    public string? ServiceId { get; set; }

    /// <summary>The ARN.</summary>
    [Length(1, 1011)]
    public string? ServiceArn { get; set; }

    /// <summary>The host name that the service answers on, without scheme.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>When it was created (UTC).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTime? UpdatedAt { get; set; }

    /// <summary>RUNNING, PAUSED, OPERATION_IN_PROGRESS, CREATE_FAILED, DELETE_FAILED or DELETED.</summary>
    [OneOf(typeof(ServiceStatus))]
    public string? Status { get; set; }

    /// <summary>The ARN, under the name by which the tag cmdlets take it from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => ServiceArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ServiceArn, out var arn) ? arn.Region : null;

    /// <summary>The name.</summary>
    /// <returns><see cref="ServiceName"/>.</returns>
    public override string ToString() => ServiceName ?? base.ToString()!;
}
