namespace AppRunner.Model;

/// <summary>The answer of CreateVpcIngressConnection.</summary>
public sealed class CreateVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The new VPC ingress connection.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
