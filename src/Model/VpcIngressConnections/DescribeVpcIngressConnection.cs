using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Reads a VPC ingress connection (API: DescribeVpcIngressConnection).</summary>
public sealed class DescribeVpcIngressConnectionRequest : AppRunnerRequest<DescribeVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeVpcIngressConnection";

    /// <summary>The ARN of the VPC ingress connection. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "vpcingressconnection")]
    public string? VpcIngressConnectionArn { get; set; }
}

/// <summary>The response of DescribeVpcIngressConnection.</summary>
public sealed class DescribeVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The VPC ingress connection.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
