using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Deploys the source's newest version (API: StartDeployment).</summary>
public sealed class StartDeploymentRequest : AppRunnerRequest<StartDeploymentResponse>, IServiceArnRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "StartDeployment";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }
}

/// <summary>The response of StartDeployment.</summary>
public sealed class StartDeploymentResponse : AppRunnerResponse
{
    /// <summary>The id of the operation that was started.</summary>
    public string? OperationId { get; set; }
}
