using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Deletes a connection that no service uses (API: DeleteConnection).</summary>
public sealed class DeleteConnectionRequest : AppRunnerRequest<DeleteConnectionResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DeleteConnection";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The connection's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "connection")]
    public string? ConnectionArn { get; set; }
}

/// <summary>The response of DeleteConnection.</summary>
public sealed class DeleteConnectionResponse : AppRunnerResponse
{
    /// <summary>The deleted connection.</summary>
    public Connection? Connection { get; set; }
}
