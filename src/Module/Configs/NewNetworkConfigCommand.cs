using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Configs;

/// <summary>Creates a NetworkConfiguration object: inbound and outbound traffic of a service.</summary>
[Cmdlet(VerbsCommon.New, "ARNetworkConfig", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(NetworkConfiguration))]
public sealed class NewNetworkConfigCommand : ConfigCommand<NetworkConfiguration>
{
    /// <summary>DEFAULT (public networks) or VPC (through a connector). Default: VPC if a connector is given, else DEFAULT (API: EgressConfiguration.EgressType).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EgressTypeCompleter))]
    public string? EgressType { get; set; }

    /// <summary>The ARN of the VPC connector for outbound traffic (API: EgressConfiguration.VpcConnectorArn).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ResourceArnTransformation(nameof(ResourceKind.VpcConnector))]
    [ArgumentCompleter(typeof(VpcConnectorNameCompleter))]
    public string? VpcConnectorArn { get; set; }

    /// <summary>True: reachable from the internet; false: reachable only from a VPC. Default: true (API: IngressConfiguration.IsPubliclyAccessible).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BooleanTextTransformation]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? IsPubliclyAccessible { get; set; }

    /// <summary>IPV4 or DUAL_STACK, for a public endpoint. Default: IPV4 (API: IpAddressType).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(IpAddressTypeCompleter))]
    public string? IpAddressType { get; set; }

    /// <inheritdoc/>
    private protected override void Fill(NetworkConfiguration config, List<Problem> problems)
    {
        Parameters.Bind(config, problems);
        if ((EgressType ?? VpcConnectorArn) is not null)
        {
            var egress = config.EgressConfiguration ??= new EgressConfiguration();
            egress.EgressType = VpcConnectorArn is null ? egress.EgressType : Model.EgressType.Vpc;
            Parameters.Bind(egress, problems);

            // DEFAULT does not use the connector of the object from the pipeline.
            if (egress.EgressType == Model.EgressType.Default && VpcConnectorArn is null)
                egress.VpcConnectorArn = null;
        }

        if (IsPubliclyAccessible is not null)
            Parameters.Bind(config.IngressConfiguration ??= new IngressConfiguration(), problems);
    }
}
