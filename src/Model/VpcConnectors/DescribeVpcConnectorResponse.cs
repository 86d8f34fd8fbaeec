namespace AppRunner.Model;

/// <summary>The answer of DescribeVpcConnector.</summary>
public sealed class DescribeVpcConnectorResponse : AppRunnerResponse
{
    /// <summary>The connector.</summary>
    public VpcConnector? VpcConnector { get; set; }
}
