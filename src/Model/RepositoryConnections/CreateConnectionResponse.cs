namespace AppRunner.Model;

/// <summary>The answer of CreateConnection.</summary>
public sealed class CreateConnectionResponse : AppRunnerResponse
{
    /// <summary>The new connection.</summary>
    public Connection? Connection { get; set; }
}
