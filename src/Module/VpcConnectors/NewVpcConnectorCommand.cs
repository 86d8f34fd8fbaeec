using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.VpcConnectors;

/// <summary>Creates a VPC connector, for outbound traffic of services to a VPC (API: CreateVpcConnector).</summary>
[Cmdlet(VerbsCommon.New, "ARVpcConnector", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(VpcConnector))]
public sealed class NewVpcConnectorCommand : CreatingCommand<CreateVpcConnectorRequest, CreateVpcConnectorResponse>
{
    /// <summary>The name, 4 to 40 letters, digits, - or _ (API: VpcConnectorName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Name")]
    public string? VpcConnectorName { get; set; }

    /// <summary>The IDs of the subnets, all of one VPC; in a CSV row separated by spaces, commas or semicolons (API: Subnets).</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyCollection]
    [IdListTransformation]
    [Alias("Subnet")]
    public string[]? Subnets { get; set; }

    /// <summary>The IDs of the security groups. Default: the default group of the VPC (API: SecurityGroups).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IdListTransformation]
    [Alias("SecurityGroup")]
    public string[]? SecurityGroups { get; set; }

    /// <inheritdoc/>
    private protected override string? NewName => VpcConnectorName;

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.VpcConnector;

    /// <inheritdoc/>
    private protected override IResource? ResultOf(CreateVpcConnectorResponse response) => response.VpcConnector;
}
