namespace AppRunner.Model;

/// <summary>The answer of DescribeVpcIngressConnection.</summary>
public sealed class DescribeVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The VPC ingress connection.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
