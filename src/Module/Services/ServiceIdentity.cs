using System.Collections;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>What a caller means by "this service": a name, an ARN, or any object that carries one.</summary>
public sealed class ServiceIdentity
{
    internal ServiceIdentity(object? source, string? serviceArn, string? serviceName, string? operationId = null, string? problem = null)
    {
        Source = source;
        ServiceArn = string.IsNullOrEmpty(serviceArn) ? null : serviceArn;
        ServiceName = string.IsNullOrEmpty(serviceName) ? null : serviceName;
        OperationId = string.IsNullOrEmpty(operationId) ? null : operationId;
        Problem = problem;
        if (ServiceArn is not null && problem is null && !Arn.TryParseService(ServiceArn, out _))
            Problem = $"'{ServiceArn}' is not the ARN of a service (arn:aws:apprunner:REGION:ACCOUNT:service/NAME/ID).";
    }

    /// <summary>The ARN; null where only the name is known.</summary>
    public string? ServiceArn { get; }

    /// <summary>The name; null where only the ARN is known.</summary>
    public string? ServiceName { get; }

    /// <summary>The operation that the object carries, for waiting; null where it carries none.</summary>
    public string? OperationId { get; }

    /// <summary>What was given.</summary>
    internal object? Source { get; }

    /// <summary>What errors are about: what was given, but of a row or hashtable only the name, because settings beside it may be secrets.</summary>
    internal object? Target => ((Source as PSObject)?.BaseObject ?? Source) is IDictionary or PSCustomObject or UpdateServiceRequest
        ? ServiceArn ?? ServiceName
        : Source;

    /// <summary>What is wrong with what was given; null where nothing is.</summary>
    internal string? Problem { get; }

    /// <summary>The same once the service is known: of a bare name or ARN the ARN.</summary>
    /// <param name="serviceArn">The service.</param>
    /// <returns>The TargetObject of errors.</returns>
    internal object? TargetAt(string serviceArn) => Source is string ? serviceArn : Target;

    /// <summary>The name or ARN.</summary>
    /// <returns>The ARN where it is known.</returns>
    public override string ToString() => ServiceArn ?? ServiceName ?? string.Empty;
}
