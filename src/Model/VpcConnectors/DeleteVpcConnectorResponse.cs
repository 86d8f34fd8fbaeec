namespace AppRunner.Model;

/// <summary>The answer of DeleteVpcConnector.</summary>
public sealed class DeleteVpcConnectorResponse : AppRunnerResponse
{
    /// <summary>The connector as it was deleted.</summary>
    public VpcConnector? VpcConnector { get; set; }
}
