using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.RepositoryConnections;

/// <summary>CreateConnection: it waits for its handshake until it is approved.</summary>
internal sealed class CreateConnectionOperation : ApiOperation<CreateConnectionRequest, CreateConnectionResponse>
{
    /// <inheritdoc/>
    protected override CreateConnectionResponse Run(CreateConnectionRequest request, OperationContext context) =>
        new() { Connection = context.Region.Store<ConnectionStore>().Create(request, context.Now).Show() };
}
