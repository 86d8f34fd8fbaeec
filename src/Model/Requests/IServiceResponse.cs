namespace AppRunner.Model;

/// <summary>An answer that carries a service and perhaps the operation that was started on it.</summary>
public interface IServiceResponse
{
    /// <summary>The service as it is now.</summary>
    Service? Service { get; }

    /// <summary>The operation's id; null where none was started.</summary>
    string? OperationId { get; }
}
