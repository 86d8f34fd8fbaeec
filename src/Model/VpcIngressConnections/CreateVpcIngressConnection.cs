using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Creates a VPC ingress connection: private access from a VPC to a service (API: CreateVpcIngressConnection).</summary>
public sealed class CreateVpcIngressConnectionRequest : AppRunnerRequest<CreateVpcIngressConnectionResponse>, IServiceArnRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "CreateVpcIngressConnection";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>The name, 4 to 40 letters, digits, - or _. Required.</summary>
    [Required, Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,39}", "4 to 40 letters, digits, - or _, beginning with a letter or digit")]
    public string? VpcIngressConnectionName { get; set; }

    /// <summary>The VPC endpoint. Required.</summary>
    [Required]
    public IngressVpcConfiguration? IngressVpcConfiguration { get; set; }

    /// <summary>Tags, at most 50.</summary>
    [Tags]
    public List<Tag>? Tags { get; set; }
}

/// <summary>The response of CreateVpcIngressConnection.</summary>
public sealed class CreateVpcIngressConnectionResponse : AppRunnerResponse
{
    /// <summary>The new VPC ingress connection.</summary>
    public VpcIngressConnection? VpcIngressConnection { get; set; }
}
