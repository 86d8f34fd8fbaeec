namespace AppRunner.Model;

/// <summary>The answer of CreateVpcConnector.</summary>
public sealed class CreateVpcConnectorResponse : AppRunnerResponse
{
    /// <summary>The new connector.</summary>
    public VpcConnector? VpcConnector { get; set; }
}
