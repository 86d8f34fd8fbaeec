using System.Text.Json.Serialization;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.RepositoryConnections;

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
