using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Suspends a service: its instances are stopped, its settings are kept (API: PauseService).</summary>
public sealed class PauseServiceRequest : AppRunnerRequest<PauseServiceResponse>, IServiceArnRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "PauseService";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }
}

/// <summary>The response of PauseService.</summary>
public sealed class PauseServiceResponse : AppRunnerResponse, IServiceResponse
{
    /// <summary>The service after the request.</summary>
    public Service? Service { get; set; }

    /// <summary>The id of the operation that was started.</summary>
    public string? OperationId { get; set; }
}
