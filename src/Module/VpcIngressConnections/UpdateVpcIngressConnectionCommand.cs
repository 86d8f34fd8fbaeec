using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.VpcIngressConnections;

/// <summary>Changes the VPC endpoint of VPC ingress connections (API: UpdateVpcIngressConnection). Values that are not given are unchanged.</summary>
[Cmdlet(VerbsData.Update, "ARVpcIngressConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(VpcIngressConnection))]
public sealed class UpdateVpcIngressConnectionCommand : IngressChangeCommand
{
    /// <summary>The VPC ingress connections: names, ARNs, or objects with VpcIngressConnectionArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VpcIngressConnectionArn", "VpcIngressConnectionName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.VpcIngressConnection))]
    [ArgumentCompleter(typeof(VpcIngressConnectionNameCompleter))]
    public ResourceIdentity[] VpcIngressConnection { get; set; } = [];

    /// <summary>The ID of the VPC, such as <c>vpc-0123456789abcdef0</c> (API: IngressVpcConfiguration.VpcId).</summary>
    [Parameter]
    public string? VpcId { get; set; }

    /// <summary>The ID of the interface endpoint in the VPC, such as <c>vpce-0123456789abcdef0</c> (API: IngressVpcConfiguration.VpcEndpointId).</summary>
    [Parameter]
    public string? VpcEndpointId { get; set; }

    /// <summary>VPC and endpoint, as a hashtable with VpcId and VpcEndpointId (API: IngressVpcConfiguration).</summary>
    [Parameter]
    [ModelTransformation(typeof(IngressVpcConfiguration))]
    public IngressVpcConfiguration? IngressVpcConfiguration { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(VpcIngressConnection, ResourceKind.VpcIngressConnection, Region, ingress =>
    {
        var problems = new List<Problem>();
        var configuration = Configuration(IngressVpcConfiguration, VpcId, VpcEndpointId, problems);
        Errors.ReportProblems(problems, "The change");
        if (configuration is { VpcId: null, VpcEndpointId: null })
            throw new InvalidParameterException("Nothing to change: specify -VpcEndpointId, -VpcId or -IngressVpcConfiguration.") { RecommendedAction = "Nothing was changed. Add what to change to the command." };
        if (configuration.VpcId is null || configuration.VpcEndpointId is null)
        {
            var current = Work.Await(() => DescribeAsync(ingress.Connection, ingress.Arn, Stopped)).IngressVpcConfiguration;
            configuration.VpcId ??= current?.VpcId;
            configuration.VpcEndpointId ??= current?.VpcEndpointId;
        }

        var request = new UpdateVpcIngressConnectionRequest { VpcIngressConnectionArn = ingress.Arn, IngressVpcConfiguration = configuration };
        Errors.ReportProblems(RequestRules.Check(request), $"The change of VPC ingress connection \"{ingress.Name}\"");
        Change(request, Confirmation.TargetOf(ingress), "Update", ingress.Connection, response => response.VpcIngressConnection);
    });
}
