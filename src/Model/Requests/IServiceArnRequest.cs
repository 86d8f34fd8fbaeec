namespace AppRunner.Model;

/// <summary>A request about one service, named by its ARN.</summary>
public interface IServiceArnRequest
{
    /// <summary>The service's ARN.</summary>
    string? ServiceArn { get; set; }
}
