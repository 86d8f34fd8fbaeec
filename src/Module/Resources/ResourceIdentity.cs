using System.Collections;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>What a caller means by "this service" or another resource: a name, an ARN, or any object that carries one.</summary>
public sealed class ResourceIdentity
{
    internal ResourceIdentity(object? source, string? arn, string? name, string? operationId = null, string? problem = null)
    {
        Source = source;
        Arn = string.IsNullOrEmpty(arn) ? null : arn;
        Name = string.IsNullOrEmpty(name) ? null : name;
        OperationId = string.IsNullOrEmpty(operationId) ? null : operationId;
        Problem = problem;
    }

    /// <summary>The ARN; null where only the name is known.</summary>
    public string? Arn { get; }

    /// <summary>The name; null where only the ARN is known.</summary>
    public string? Name { get; }

    /// <summary>The operation that the object carries, for waiting; null where it carries none.</summary>
    public string? OperationId { get; }

    /// <summary>What was given.</summary>
    internal object? Source { get; }

    /// <summary>What was given, out of its wrapping.</summary>
    internal object? Value => (Source as PSObject)?.BaseObject ?? Source;

    /// <summary>What errors are about: what was given, but of a row or hashtable only the name, because settings beside it may be secrets.</summary>
    internal object? Target => Value is IDictionary or PSCustomObject or UpdateServiceRequest
        ? Arn ?? Name
        : Value;

    /// <summary>What is wrong with what was given; null where nothing is.</summary>
    internal string? Problem { get; }

    /// <summary>The same once the resource is known: of a bare name or ARN the ARN.</summary>
    /// <param name="arn">The resource.</param>
    /// <returns>The TargetObject of errors.</returns>
    internal object? TargetAt(string arn) => Source is string ? arn : Target;

    /// <summary>The name or ARN.</summary>
    /// <returns>The ARN where it is known.</returns>
    public override string ToString() => Arn ?? Name ?? string.Empty;
}

/// <summary>A resource that is known by its ARN, and the connection to its region.</summary>
/// <param name="Arn">The ARN; of a revision that was not named it may be partial.</param>
/// <param name="Name">The name; with the revision where it has one.</param>
/// <param name="Connection">The connection to its region.</param>
internal sealed record ResolvedResource(string Arn, string Name, IAppRunnerConnection Connection)
{
    /// <summary>Name and region, as ShouldProcess and progress show them.</summary>
    public string Caption => $"{Name} ({Connection.Region})";
}
