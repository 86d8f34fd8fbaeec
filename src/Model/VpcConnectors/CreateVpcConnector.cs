using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Creates a VPC connector (API: CreateVpcConnector).</summary>
public sealed class CreateVpcConnectorRequest : AppRunnerRequest<CreateVpcConnectorResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "CreateVpcConnector";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The name, 4 to 40 letters, digits, - or _. Required.</summary>
    [Required, Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,39}", "4 to 40 letters, digits, - or _, beginning with a letter or digit")]
    public string? VpcConnectorName { get; set; }

    /// <summary>The IDs of the subnets, all of one VPC, such as <c>subnet-0123456789abcdef0</c>. Required.</summary>
    [Required, EntryLength(51200)]
    public List<string>? Subnets { get; set; }

    /// <summary>The IDs of the security groups. Default: the default group of the VPC.</summary>
    [EntryLength(51200), KeptIfAbsent]
    public List<string>? SecurityGroups { get; set; }

    /// <summary>Tags, at most 50.</summary>
    [Tags]
    public List<Tag>? Tags { get; set; }
}

/// <summary>The response of CreateVpcConnector.</summary>
public sealed class CreateVpcConnectorResponse : AppRunnerResponse
{
    /// <summary>The new connector.</summary>
    public VpcConnector? VpcConnector { get; set; }
}
