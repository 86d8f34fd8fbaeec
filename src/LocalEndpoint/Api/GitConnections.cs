using System.Text.Json.Serialization;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateConnection: it waits for its handshake until it is approved.</summary>
internal sealed class CreateConnectionHandler : ApiHandler<CreateConnectionRequest, CreateConnectionResponse>
{
    /// <inheritdoc/>
    protected override CreateConnectionResponse Handle(CreateConnectionRequest request, HandlerContext context) =>
        new() { Connection = context.Region.Store<GitConnectionStore>().Create(request, context.Now).Show() };
}

/// <summary>ListConnections: in the order of their creation.</summary>
internal sealed class ListConnectionsHandler : ApiHandler<ListConnectionsRequest, ListConnectionsResponse>
{
    /// <inheritdoc/>
    protected override ListConnectionsResponse Handle(ListConnectionsRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<GitConnectionStore>().Select(request.ConnectionName);
        var page = context.Page(request, request.ConnectionName ?? string.Empty, ListConnectionsRequest.PageLimit, connections.Page, connection => connection.ShowSummary());
        return new ListConnectionsResponse { ConnectionSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>DeleteConnection: one that no service uses.</summary>
internal sealed class DeleteConnectionHandler : ApiHandler<DeleteConnectionRequest, DeleteConnectionResponse>
{
    /// <inheritdoc/>
    protected override DeleteConnectionResponse Handle(DeleteConnectionRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<GitConnectionStore>();
        var connection = connections.FindLive(request.ConnectionArn!);
        connections.Delete(connection, context.Now);
        return new DeleteConnectionResponse { Connection = connection.Show() };
    }
}

/// <summary>AppRunnerLocal.ApproveConnection: the method of the endpoint's object, for other processes.</summary>
internal sealed class ApproveConnectionHandler : ApiHandler<ApproveConnectionRequest, ApproveConnectionResponse>
{
    /// <inheritdoc/>
    protected override ApproveConnectionResponse Handle(ApproveConnectionRequest request, HandlerContext context)
    {
        var connection = context.Region.Store<GitConnectionStore>().FindLive(request.ConnectionArn!);
        connection.Approve();
        return new ApproveConnectionResponse { Connection = connection.Show() };
    }
}

/// <summary>Completes the handshake of a connection. App Runner itself knows no such request: there it is done in the console.</summary>
internal sealed class ApproveConnectionRequest : AppRunnerRequest<ApproveConnectionResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ApproveConnection";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string TargetPrefix => "AppRunnerLocal";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The connection's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "connection")]
    public string? ConnectionArn { get; set; }
}

/// <summary>The response of ApproveConnection.</summary>
internal sealed class ApproveConnectionResponse : AppRunnerResponse
{
    /// <summary>The connection, which is AVAILABLE now.</summary>
    public Connection? Connection { get; set; }
}
