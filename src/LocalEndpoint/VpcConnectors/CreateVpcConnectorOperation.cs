using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcConnectors;

/// <summary>CreateVpcConnector: a name that no active connector has.</summary>
internal sealed class CreateVpcConnectorOperation : ApiOperation<CreateVpcConnectorRequest, CreateVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override CreateVpcConnectorResponse Run(CreateVpcConnectorRequest request, OperationContext context) =>
        new() { VpcConnector = context.Region.Store<VpcConnectorStore>().Create(request, context.Now).Show() };
}
