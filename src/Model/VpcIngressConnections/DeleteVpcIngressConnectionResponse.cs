namespace AppRunner.Model;

/// <summary>The answer of DeleteVpcIngressConnection.</summary>
public sealed class DeleteVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The VPC ingress connection as it is now.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
