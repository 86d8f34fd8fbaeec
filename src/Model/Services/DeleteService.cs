using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Deletes a service (API: DeleteService).</summary>
public sealed class DeleteServiceRequest : AppRunnerRequest<DeleteServiceResponse>, IServiceArnRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DeleteService";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }
}

/// <summary>The response of DeleteService.</summary>
public sealed class DeleteServiceResponse : AppRunnerResponse, IServiceResponse
{
    /// <summary>The service after the request.</summary>
    public Service? Service { get; set; }

    /// <summary>The id of the operation that was started.</summary>
    public string? OperationId { get; set; }
}
