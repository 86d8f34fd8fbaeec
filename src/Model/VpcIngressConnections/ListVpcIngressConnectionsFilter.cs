using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Which VPC ingress connections are listed (API: ListVpcIngressConnectionsFilter).</summary>
public sealed class ListVpcIngressConnectionsFilter
{
    /// <summary>Only those that lead to this service.</summary>
    [Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>Only those through this endpoint.</summary>
    [Length(0, 51200)]
    public string? VpcEndpointId { get; set; }
}
