using AppRunner.Model;

namespace AppRunner.LocalEndpoint.RepositoryConnections;

/// <summary>The answer of ApproveConnection.</summary>
internal sealed class ApproveConnectionResponse : AppRunnerResponse
{
    /// <summary>The connection, which is AVAILABLE now.</summary>
    public Connection? Connection { get; set; }
}
