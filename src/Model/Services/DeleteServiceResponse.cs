namespace AppRunner.Model;

/// <summary>The answer of DeleteService.</summary>
public sealed class DeleteServiceResponse : AppRunnerResponse, IServiceResponse
{
    /// <summary>The service as it is now.</summary>
    public Service? Service { get; set; }

    /// <summary>The id of the operation that was started.</summary>
    public string? OperationId { get; set; }
}
