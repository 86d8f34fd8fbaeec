namespace AppRunner.Model;

/// <summary>The answer of StartDeployment.</summary>
public sealed class StartDeploymentResponse : AppRunnerResponse
{
    /// <summary>The id of the operation that was started.</summary>
    public string? OperationId { get; set; }
}
