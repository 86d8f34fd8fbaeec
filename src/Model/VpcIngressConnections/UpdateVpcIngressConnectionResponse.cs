namespace AppRunner.Model;

/// <summary>The answer of UpdateVpcIngressConnection.</summary>
public sealed class UpdateVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The VPC ingress connection as it is now.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
