using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Reads a VPC connector (API: DescribeVpcConnector).</summary>
public sealed class DescribeVpcConnectorRequest : AppRunnerRequest<DescribeVpcConnectorResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeVpcConnector";

    /// <summary>The connector's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "vpcconnector")]
    public string? VpcConnectorArn { get; set; }
}

/// <summary>The response of DescribeVpcConnector.</summary>
public sealed class DescribeVpcConnectorResponse : AppRunnerResponse
{
    /// <summary>The connector.</summary>
    public VpcConnector? VpcConnector { get; set; }
}
