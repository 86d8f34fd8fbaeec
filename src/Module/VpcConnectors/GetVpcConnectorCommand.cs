using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.VpcConnectors;

/// <summary>Reads VPC connectors (API: ListVpcConnectors, DescribeVpcConnector).</summary>
[Cmdlet(VerbsCommon.Get, "ARVpcConnector")]
[OutputType(typeof(VpcConnector))]
public sealed class GetVpcConnectorCommand : ReadingCommand<VpcConnector>
{
    /// <summary>The connectors: names (wildcards allowed), ARNs, or objects with VpcConnectorArn; or services, for the connector that each uses. Default: all active connectors.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VpcConnectorArn", "VpcConnectorName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.VpcConnector))]
    [ArgumentCompleter(typeof(VpcConnectorNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[]? VpcConnector { get; set; }

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.VpcConnector;

    /// <inheritdoc/>
    private protected override void Process() => Read(VpcConnector);

    /// <inheritdoc/>
    private protected override Task ReadPagesAsync(IAppRunnerConnection connection, Func<IEnumerable<VpcConnector>?, Task<bool>> take) =>
        Pages.ReadAsync(connection, new ListVpcConnectorsRequest { MaxResults = ListVpcConnectorsRequest.PageLimit }, page => take(page.VpcConnectors), Stopped);

    /// <inheritdoc/>
    private protected override async Task<VpcConnector> DescribeAsync(IAppRunnerConnection connection, string arn)
    {
        var request = new DescribeVpcConnectorRequest { VpcConnectorArn = arn };
        var response = await connection.SendAsync(request, Stopped).ConfigureAwait(false);
        return RequestSender.RequireResult(response.VpcConnector, request, response);
    }
}
