using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.VpcIngressConnections;

/// <summary>Creates a VPC ingress connection, for requests from a VPC to a service that is not public (API: CreateVpcIngressConnection).</summary>
[Cmdlet(VerbsCommon.New, "ARVpcIngressConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(VpcIngressConnection))]
public sealed class NewVpcIngressConnectionCommand : IngressChangeCommand
{
    /// <summary>The name, 4 to 40 letters, digits, - or _ (API: VpcIngressConnectionName).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Name")]
    public string? VpcIngressConnectionName { get; set; }

    /// <summary>The service: a name, an ARN, or an object with ServiceArn; its IngressConfiguration must not be public (API: ServiceArn).</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [Alias("ServiceArn", "ServiceName")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service), IgnoresName = true)]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Services, or definitions of connections: names and ARNs of services, objects with ServiceArn, or hashtables and objects with the parameters of this cmdlet as members.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The ID of the VPC, such as <c>vpc-0123456789abcdef0</c> (API: IngressVpcConfiguration.VpcId).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? VpcId { get; set; }

    /// <summary>The ID of the interface endpoint in the VPC, such as <c>vpce-0123456789abcdef0</c> (API: IngressVpcConfiguration.VpcEndpointId).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? VpcEndpointId { get; set; }

    /// <summary>VPC and endpoint, as a hashtable with VpcId and VpcEndpointId (API: IngressVpcConfiguration).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelTransformation(typeof(IngressVpcConfiguration))]
    public IngressVpcConfiguration? IngressVpcConfiguration { get; set; }

    /// <summary>Tags, as a hashtable; at most 50 (API: Tags).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelTransformation(typeof(List<Tag>))]
    [Alias("Tags")]
    public List<Tag>? Tag { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Input.IsReportedByCmdlet = true;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Errors.Target = VpcIngressConnectionName;
        var problems = new List<Problem>(Input.Problems.Concat(BindingProblems.Of(Tag, nameof(Tag))));
        var configuration = Configuration(IngressVpcConfiguration, VpcId, VpcEndpointId, problems);

        // Report the problems that need no call first.
        problems.AddRange(RequestRules.Check(Request(null)).Where(problem => problem.Path != nameof(CreateVpcIngressConnectionRequest.ServiceArn)));
        Errors.ReportProblems(problems, $"The definition of VPC ingress connection \"{VpcIngressConnectionName}\"");
        ForEach(Service, ResourceKind.Service, Region, service =>
            Change(Request(service.Arn), Confirmation.TargetOf(service, $"VPC ingress connection {VpcIngressConnectionName} to"), "Create", service.Connection, response => response.VpcIngressConnection));

        CreateVpcIngressConnectionRequest Request(string? serviceArn) => new()
        {
            ServiceArn = serviceArn,
            VpcIngressConnectionName = VpcIngressConnectionName,
            IngressVpcConfiguration = configuration,
            Tags = Tag,
        };
    }
}
