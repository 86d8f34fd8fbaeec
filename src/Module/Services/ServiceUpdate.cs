using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Comparison;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Services;

/// <summary>An update together with the service that it changes: what is sent, and what it would change.</summary>
/// <param name="request">The update with the given settings, already checked. It is not changed.</param>
/// <param name="current">The service.</param>
internal sealed class ServiceUpdate(UpdateServiceRequest request, Service current)
{
    /// <summary>The complete request. It always has the source, because App Runner refuses some updates without it, and no empty maps that the service does not have.</summary>
    public UpdateServiceRequest Request { get; } = Complete(request, current);

    /// <summary>
    /// Whether the service already has all settings that were given, so that the update would only cost a deployment. Never if the service
    /// failed to be created, because an update builds it again, or while an operation runs, because that may change the settings.
    /// </summary>
    public bool ChangesNothing => current.Status is ServiceStatus.Running or ServiceStatus.Paused && ServiceComparer.Compare(request, current).Count == 0;

    /// <summary>Whether the update leaves out the role that the service has, which App Runner does not take as "remove it".</summary>
    public bool LeavesOutRole => Request.InstanceConfiguration is { InstanceRoleArn: null } && current.InstanceConfiguration?.InstanceRoleArn is { Length: > 0 };

    /// <summary>What the update removes because a map is replaced as a whole.</summary>
    /// <param name="removed">The names that the user removes.</param>
    /// <returns>Warnings with the names, never with values.</returns>
    public IEnumerable<string> Losses(EnvironmentChanges removed)
    {
        var (before, after) = (current.SourceConfiguration?.RunSettings, Request.SourceConfiguration?.RunSettings);
        return
        [
            .. Losses("environment variables", before?.RuntimeEnvironmentVariables, after?.RuntimeEnvironmentVariables, removed.RemoveEnvironmentVariable, "-SetEnvironmentVariable"),
            .. Losses("environment secrets", before?.RuntimeEnvironmentSecrets, after?.RuntimeEnvironmentSecrets, removed.RemoveEnvironmentSecret, "-SetEnvironmentSecret"),
        ];
    }

    private static IEnumerable<string> Losses(string noun, Dictionary<string, string>? before, Dictionary<string, string>? after, List<string>? removed, string remedy)
    {
        var lost = (before ?? []).Keys.Where(name => after?.ContainsKey(name) != true && removed?.Contains(name) != true).OrderBy(name => name, System.StringComparer.Ordinal).ToArray();
        if (lost.Length > 0)
            yield return $"The update replaces all {noun}, and removes {string.Join(", ", lost)}. Use {remedy} to change single ones.";
    }

    private static UpdateServiceRequest Complete(UpdateServiceRequest request, Service current)
    {
        var complete = WireJson.Clone(request)!;
        complete.SourceConfiguration ??= WireJson.Clone(current.SourceConfiguration);
        if (complete.SourceConfiguration is { } source)
            RemoveEmpty(source, current.SourceConfiguration);
        return complete;
    }

    // An empty map that replaces one with entries is a change.
    private static void RemoveEmpty(object shape, object? before)
    {
        foreach (var member in RequestRules.MembersOf(shape.GetType()))
        {
            var value = member.Property.GetValue(shape);
            var valueBefore = before is null ? null : member.Property.GetValue(before);
            if (value is ICollection { Count: 0 } && valueBefore is null or ICollection { Count: 0 })
                member.Property.SetValue(shape, null);
            else if (value is not null && RequestRules.IsShape(value.GetType()))
                RemoveEmpty(value, valueBefore);
        }
    }
}
