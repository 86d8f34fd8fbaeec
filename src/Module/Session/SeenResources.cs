using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Session;

/// <summary>
/// What a session has read and started, for completion, which makes no call: resources, names of environment variables (never their values),
/// and operations. Used from several threads.
/// </summary>
/// <param name="clock">The current time.</param>
internal sealed class SeenResources(IClock clock)
{
    private const int MaxNames = 1000;
    private const int MaxOperations = 200;

    private readonly object access = new();
    private readonly Dictionary<string, Dictionary<string, SeenResource>> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string[] Variables, string[] Secrets)> environments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SeenOperation> operations = new(StringComparer.Ordinal);

    /// <summary>The resources of a kind.</summary>
    /// <param name="kind">Their kind.</param>
    /// <returns>Their names, sorted, each with what was read of it.</returns>
    public (string Name, string Description)[] Names(ResourceKind kind)
    {
        lock (access)
        {
            return resources.TryGetValue(kind.ResourceType, out var found)
                ? [.. found.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => (pair.Key, pair.Value.Describe(kind, Written(pair.Value.ReadAt))))]
                : [];
        }
    }

    /// <summary>The environment variables with values, or those with secrets.</summary>
    /// <param name="serviceNames">Their services; empty for all.</param>
    /// <param name="secrets">Whether those with secrets are wanted.</param>
    /// <returns>Their names, each with the services that have it.</returns>
    public (string Name, string Description)[] Variables(IReadOnlyCollection<string> serviceNames, bool secrets)
    {
        lock (access)
        {
            var found = environments.Where(pair => serviceNames.Count == 0 || serviceNames.Contains(pair.Key, StringComparer.Ordinal))
                .SelectMany(pair => (secrets ? pair.Value.Secrets : pair.Value.Variables).Select(variable => (variable, pair.Key)))
                .GroupBy(one => one.variable, one => one.Key, StringComparer.Ordinal);
            return [.. found.Select(services => (services.Key, $"{(secrets ? "Environment variable with a secret" : "Environment variable")} of {string.Join(", ", services)}"))];
        }
    }

    /// <summary>The operations.</summary>
    /// <param name="serviceNames">Their services; empty for all.</param>
    /// <returns>Their ids, newest first, each with its type, service, status and start.</returns>
    public (string Id, string Description)[] Operations(IReadOnlyCollection<string> serviceNames)
    {
        lock (access)
        {
            return
            [
                .. operations.Values.Where(operation => serviceNames.Count == 0 || serviceNames.Contains(operation.ServiceName, StringComparer.Ordinal))
                    .OrderByDescending(operation => operation.Time)
                    .Select(operation => (operation.Id, $"{operation.Type ?? "Operation"} of {operation.ServiceName}, {operation.Status}{(operation.StartedAt is { } start ? ", started " + Written(start) : string.Empty)}")),
            ];
        }
    }

    /// <summary>Keeps a resource's name, and the names of a service's environment variables.</summary>
    /// <param name="resource">A resource that a cmdlet writes.</param>
    public void Remember(IResource resource)
    {
        if (!Arn.TryParse(resource.ResourceArn, out var arn))
            return;
        lock (access)
        {
            if (!resources.TryGetValue(arn.ResourceType, out var names))
                resources[arn.ResourceType] = names = new Dictionary<string, SeenResource>(StringComparer.OrdinalIgnoreCase);
            if (!ResourceKind.IsActive(resource))
            {
                // Not for revisions: other revisions of the name may exist.
                if (ResourceKind.Of(arn)?.HasRevisions == false)
                    names.Remove(arn.Name);
            }
            else if (names.Count < MaxNames || names.ContainsKey(arn.Name))
            {
                names[arn.Name] = new SeenResource(arn.Region, ResourceKind.StatusOf(resource), clock.UtcNow);
            }

            if (resource is Service { SourceConfiguration.RunSettings: { } settings } && names.ContainsKey(arn.Name))
                environments[arn.Name] = (NamesIn(settings.RuntimeEnvironmentVariables), NamesIn(settings.RuntimeEnvironmentSecrets));
        }
    }

    /// <summary>Keeps an operation that this session started just now.</summary>
    /// <param name="service">The service, with OperationId; nothing is kept without.</param>
    /// <param name="type">The operation's type.</param>
    public void RememberStart(Service service, string type) =>
        Remember(new Operation { Id = service.OperationId, TargetArn = service.ServiceArn, Type = type, Status = OperationStatus.InProgress, StartedAt = clock.UtcNow });

    /// <summary>Keeps that the operation of a service succeeded.</summary>
    /// <param name="service">The service, with OperationId; nothing is kept without.</param>
    public void RememberSuccess(Service service) => Remember(new Operation { Id = service.OperationId, TargetArn = service.ServiceArn, Status = OperationStatus.Succeeded });

    /// <summary>Keeps an operation. What it does not say stays as it was known.</summary>
    /// <param name="operation">The operation.</param>
    public void Remember(Operation operation)
    {
        lock (access)
        {
            if (operation.Id is not { Length: > 0 } id)
                return;
            operations.TryGetValue(id, out var known);
            if ((operation.ServiceName ?? known?.ServiceName) is not { } service)
                return;
            operations[id] = new SeenOperation(
                id, service, operation.Type ?? known?.Type, operation.Status ?? known?.Status, operation.StartedAt?.ToUniversalTime() ?? known?.StartedAt, known?.SeenAt ?? clock.UtcNow);
            if (operations.Count > MaxOperations)
                operations.Remove(operations.Values.OrderBy(one => one.Time).First().Id);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (access)
        {
            resources.Clear();
            environments.Clear();
            operations.Clear();
        }
    }

    private static string[] NamesIn(Dictionary<string, string>? map) => map?.Keys.OrderBy(name => name, StringComparer.OrdinalIgnoreCase).ToArray() ?? [];

    // The time of today, else with the date.
    private string Written(DateTime time) =>
        time.ToLocalTime() is var local && local.Date == clock.UtcNow.ToLocalTime().Date ? local.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record SeenResource(string Region, string? Status, DateTime ReadAt)
    {
        public string Describe(ResourceKind kind, string readAt) =>
            $"{char.ToUpperInvariant(kind.DisplayName[0])}{kind.DisplayName.Substring(1)} in {Region}, {(Status is null ? "read at" : $"{Status} at")} {readAt}";
    }

    private sealed record SeenOperation(string Id, string ServiceName, string? Type, string? Status, DateTime? StartedAt, DateTime SeenAt)
    {
        public DateTime Time => StartedAt ?? SeenAt;
    }
}
