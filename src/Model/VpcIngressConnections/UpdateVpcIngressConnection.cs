using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Changes the VPC endpoint of a VPC ingress connection that is AVAILABLE, FAILED_CREATION or FAILED_UPDATE (API: UpdateVpcIngressConnection).</summary>
public sealed class UpdateVpcIngressConnectionRequest : AppRunnerRequest<UpdateVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "UpdateVpcIngressConnection";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The ARN of the VPC ingress connection. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "vpcingressconnection")]
    public string? VpcIngressConnectionArn { get; set; }

    /// <summary>The VPC endpoint. Required.</summary>
    [Required]
    public IngressVpcConfiguration? IngressVpcConfiguration { get; set; }
}

/// <summary>The response of UpdateVpcIngressConnection.</summary>
public sealed class UpdateVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The VPC ingress connection after the request.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
