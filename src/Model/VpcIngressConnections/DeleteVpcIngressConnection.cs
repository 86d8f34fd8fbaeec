using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Deletes a VPC ingress connection that is AVAILABLE or FAILED_… (API: DeleteVpcIngressConnection).</summary>
public sealed class DeleteVpcIngressConnectionRequest : AppRunnerRequest<DeleteVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DeleteVpcIngressConnection";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The ARN of the VPC ingress connection. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "vpcingressconnection")]
    public string? VpcIngressConnectionArn { get; set; }
}

/// <summary>The response of DeleteVpcIngressConnection.</summary>
public sealed class DeleteVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The VPC ingress connection after the request.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
