using AppRunner.LocalEndpoint.Operations;

namespace AppRunner.LocalEndpoint.RepositoryConnections;

/// <summary>AppRunnerLocal.ApproveConnection: the method of the endpoint's object, for other processes.</summary>
internal sealed class ApproveConnectionOperation : ApiOperation<ApproveConnectionRequest, ApproveConnectionResponse>
{
    /// <inheritdoc/>
    protected override ApproveConnectionResponse Run(ApproveConnectionRequest request, OperationContext context)
    {
        var connection = context.Region.Store<ConnectionStore>().FindLive(request.ConnectionArn!);
        connection.Approve();
        return new ApproveConnectionResponse { Connection = connection.Show() };
    }
}
