using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>A service that is known by its ARN, and the connection to its region.</summary>
/// <param name="ServiceArn">The ARN.</param>
/// <param name="Name">The name.</param>
/// <param name="Connection">The connection to its region.</param>
internal sealed record ResolvedService(string ServiceArn, string Name, IAppRunnerConnection Connection)
{
    /// <summary>Name and region, as ShouldProcess and progress show them.</summary>
    public string Caption => $"{Name} ({Connection.Region})";
}
