using System.Collections;
using System.Management.Automation;
using AppRunner.Inputs;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>Identifies a service or another resource: a name, an ARN, or an object with one of them.</summary>
public sealed class ResourceIdentity
{
    internal ResourceIdentity(object? source, string? arn, string? name, string? operationId = null, string? problem = null, string? operationType = null, string? region = null)
    {
        Source = source;
        Arn = string.IsNullOrEmpty(arn) ? null : arn;
        Name = string.IsNullOrEmpty(name) ? null : name;
        OperationId = string.IsNullOrEmpty(operationId) ? null : operationId;
        OperationType = operationType;
        Problem = problem;
        Region = string.IsNullOrEmpty(region) ? null : region;
    }

    /// <summary>The ARN; null if only the name is known.</summary>
    public string? Arn { get; }

    /// <summary>The name; null if only the ARN is known.</summary>
    public string? Name { get; }

    /// <summary>The operation id of the object, for waiting; null if it has none.</summary>
    public string? OperationId { get; }

    /// <summary>The type of that operation; null if the object does not show it. After DELETE_SERVICE the service need not exist.</summary>
    internal string? OperationType { get; }

    /// <summary>The region that a row or hashtable names beside the name; the value of -Region takes precedence.</summary>
    internal string? Region { get; }

    /// <summary>The given value.</summary>
    internal object? Source { get; }

    /// <summary>The given value without its PSObject wrapper.</summary>
    internal object? Value => InputValue.Unwrap(Source);

    /// <summary>The TargetObject of errors: the given value, but only the name of a row or hashtable, because its other settings may be secrets.</summary>
    internal object? Target => Value is IDictionary or PSCustomObject or UpdateServiceRequest
        ? Arn ?? Name
        : Value;

    /// <summary>Why the given value is invalid; null if it is valid.</summary>
    internal string? Problem { get; }

    /// <summary>The TargetObject of errors after the resource was found: the ARN if a name or ARN was given.</summary>
    /// <param name="arn">The resource's ARN.</param>
    /// <returns>The TargetObject of errors.</returns>
    internal object? TargetAt(string arn) => Source is string ? arn : Target;

    /// <summary>The name or ARN.</summary>
    /// <returns>The ARN if it is known, else the name.</returns>
    public override string ToString() => Arn ?? Name ?? string.Empty;
}

/// <summary>The ARN of a resource, and the connection to its region.</summary>
/// <param name="Arn">The ARN; without revision if none was given.</param>
/// <param name="Name">The name, with the revision if it has one.</param>
/// <param name="Connection">The connection to its region.</param>
internal sealed record ResolvedResource(string Arn, string Name, IAppRunnerConnection Connection)
{
    /// <summary>Name and region, for progress and warnings.</summary>
    public string Caption => $"{Name} ({Connection.Region})";
}
