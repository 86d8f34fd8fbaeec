using AppRunner.Model.Rules;

namespace AppRunner.Model;

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
