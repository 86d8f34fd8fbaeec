using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcConnectors;

/// <summary>DescribeVpcConnector: also of one that is deleted, for a while. The API wants the whole ARN.</summary>
internal sealed class DescribeVpcConnectorOperation : ApiOperation<DescribeVpcConnectorRequest, DescribeVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override DescribeVpcConnectorResponse Run(DescribeVpcConnectorRequest request, OperationContext context) =>
        new() { VpcConnector = context.Region.Store<VpcConnectorStore>().Find(request.VpcConnectorArn!).Show() };
}
