using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>A resource that is known by its ARN, and the connection to its region.</summary>
/// <param name="Arn">The ARN; of a revision that was not named it may be partial.</param>
/// <param name="Name">The name; with the revision where it has one.</param>
/// <param name="Connection">The connection to its region.</param>
internal sealed record ResolvedResource(string Arn, string Name, IAppRunnerConnection Connection)
{
    /// <summary>Name and region, as ShouldProcess and progress show them.</summary>
    public string Caption => $"{Name} ({Connection.Region})";
}
