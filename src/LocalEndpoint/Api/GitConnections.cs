using System.Text.Json.Serialization;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateConnection: its status is PENDING_HANDSHAKE until it is approved.</summary>
internal sealed class CreateConnectionHandler : ApiHandler<CreateConnectionRequest, CreateConnectionResponse>
{
    /// <inheritdoc/>
    protected override CreateConnectionResponse Handle(CreateConnectionRequest request, HandlerContext context) =>
        new() { Connection = context.Region.Store<GitConnectionStore>().Create(request, context.Now).ToShape() };
}

/// <summary>ListConnections: in creation order.</summary>
internal sealed class ListConnectionsHandler : ApiHandler<ListConnectionsRequest, ListConnectionsResponse>
{
    /// <inheritdoc/>
    protected override ListConnectionsResponse Handle(ListConnectionsRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<GitConnectionStore>().Select(request.ConnectionName);
        var page = context.Page(request, request.ConnectionName ?? string.Empty, ListConnectionsRequest.PageLimit, connections.Page, connection => connection.ToSummary());
        return new ListConnectionsResponse { ConnectionSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>DeleteConnection: rejected if a service uses it. As on AWS, the ARN can end with the name, without the ID.</summary>
internal sealed class DeleteConnectionHandler : ApiHandler<DeleteConnectionRequest, DeleteConnectionResponse>
{
    /// <inheritdoc/>
    protected override DeleteConnectionResponse Handle(DeleteConnectionRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<GitConnectionStore>();
        var connection = connections.FindByNameArn(request.ConnectionArn!) ?? connections.FindLive(request.ConnectionArn!);
        connections.Delete(connection, context.Now);
        return new DeleteConnectionResponse { Connection = connection.ToShape() };
    }
}

/// <summary>AppRunnerLocal.ApproveConnection: makes LocalEndpoint.ApproveConnection available to other processes.</summary>
internal sealed class ApproveConnectionHandler : ApiHandler<ApproveConnectionRequest, ApproveConnectionResponse>
{
    /// <inheritdoc/>
    protected override ApproveConnectionResponse Handle(ApproveConnectionRequest request, HandlerContext context)
    {
        var connection = context.Region.Store<GitConnectionStore>().FindLive(request.ConnectionArn!);
        connection.Approve();
        return new ApproveConnectionResponse { Connection = connection.ToShape() };
    }
}

/// <summary>Completes the handshake of a connection. App Runner on AWS has no such request: the handshake is completed in the console.</summary>
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
    /// <summary>The connection, whose status is AVAILABLE.</summary>
    public Connection? Connection { get; set; }
}
