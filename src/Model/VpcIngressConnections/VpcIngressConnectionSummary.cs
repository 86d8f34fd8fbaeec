using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A VPC ingress connection in short, as ListVpcIngressConnections gives it (API: VpcIngressConnectionSummary).</summary>
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

    /// <summary>The ARN, under the name by which the tag cmdlets take it from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => VpcIngressConnectionArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(VpcIngressConnectionArn, out var arn) ? arn.Region : null;

    /// <summary>The name, from the ARN.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => VpcIngressConnectionName ?? base.ToString()!;
}
