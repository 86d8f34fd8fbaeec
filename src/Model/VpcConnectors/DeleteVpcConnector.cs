using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Deletes a VPC connector that no service uses (API: DeleteVpcConnector).</summary>
public sealed class DeleteVpcConnectorRequest : AppRunnerRequest<DeleteVpcConnectorResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DeleteVpcConnector";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The connector's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "vpcconnector")]
    public string? VpcConnectorArn { get; set; }
}

/// <summary>The response of DeleteVpcConnector.</summary>
public sealed class DeleteVpcConnectorResponse : AppRunnerResponse
{
    /// <summary>The deleted connector.</summary>
    public VpcConnector? VpcConnector { get; set; }
}
