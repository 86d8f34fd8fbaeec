namespace AppRunner.Model;

/// <summary>The answer of DeleteConnection.</summary>
public sealed class DeleteConnectionResponse : AppRunnerResponse
{
    /// <summary>The connection as it was deleted.</summary>
    public Connection? Connection { get; set; }
}
