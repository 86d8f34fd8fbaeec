using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.RepositoryConnections;

/// <summary>DeleteConnection: one that no service uses.</summary>
internal sealed class DeleteConnectionOperation : ApiOperation<DeleteConnectionRequest, DeleteConnectionResponse>
{
    /// <inheritdoc/>
    protected override DeleteConnectionResponse Run(DeleteConnectionRequest request, OperationContext context)
    {
        var connections = context.Region.Store<ConnectionStore>();
        var connection = connections.FindLive(request.ConnectionArn!);
        connections.Delete(connection, context.Now);
        return new DeleteConnectionResponse { Connection = connection.Show() };
    }
}
