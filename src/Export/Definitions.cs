using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Export;

/// <summary>The definition of a service: what CreateService takes, without what only DescribeService returns.</summary>
internal static class Definitions
{
    private const string DefaultScaling = "DefaultConfiguration";

    /// <summary>The request that would create a service. Absent members, empty texts and empty collections are null; '' as a value of a map or tag stays.</summary>
    /// <param name="service">The service. It is not changed.</param>
    /// <returns>A request of its own.</returns>
    public static CreateServiceRequest Of(ServiceSnapshot service)
    {
        var request = new CreateServiceRequest();
        foreach (var member in RequestRules.WireMembers(typeof(CreateServiceRequest)))
        {
            // The members of the same name have the same type.
            if (typeof(Service).GetProperty(member.Name) is { } source && source.PropertyType == member.PropertyType)
                member.SetValue(request, source.GetValue(service.Service));
        }

        // The order of maps and tags is not App Runner's promise, and a file that changes without a reason is hard to review.
        request = WireJson.Clone(request)!;
        if (request.SourceConfiguration?.RunSettings is { } settings)
        {
            settings.RuntimeEnvironmentVariables = Sorted(settings.RuntimeEnvironmentVariables);
            settings.RuntimeEnvironmentSecrets = Sorted(settings.RuntimeEnvironmentSecrets);
        }

        request.Tags = TagsOf(service.Tags);
        request.AutoScalingConfigurationArn = UsesDefaultScaling(service) ? null : service.Service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn;

        // The API takes these ARNs only where they have an effect.
        if (request.NetworkConfiguration?.EgressConfiguration is { EgressType: null or EgressType.Default } egress)
            egress.VpcConnectorArn = null;
        if (request.ObservabilityConfiguration is { ObservabilityEnabled: not true } observability)
            observability.ObservabilityConfigurationArn = null;
        Prune(request);
        return request;
    }

    /// <summary>Whether a service uses the auto scaling configuration that App Runner uses where none is named.</summary>
    /// <param name="service">The service.</param>
    /// <returns>False also if the region has another default.</returns>
    public static bool UsesDefaultScaling(ServiceSnapshot service) => IsPredefinedScaling(service) && service.AutoScalingConfiguration?.IsDefault != false;

    /// <summary>Whether a service uses the auto scaling configuration that every region has.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True for DefaultConfiguration.</returns>
    public static bool IsPredefinedScaling(ServiceSnapshot service) =>
        Arn.TryParse(service.Service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn, out var arn) && arn.Name == DefaultScaling;

    /// <summary>The path of the settings of the program.</summary>
    /// <param name="definition">A definition.</param>
    /// <returns>The path of ImageConfiguration or CodeConfigurationValues.</returns>
    public static string RunSettingsPath(CreateServiceRequest definition) => definition.SourceConfiguration?.CodeRepository is null
        ? "SourceConfiguration.ImageRepository.ImageConfiguration"
        : "SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues";

    /// <summary>The tags that can be written: those of AWS itself cannot.</summary>
    /// <param name="tags">All tags; null for none.</param>
    /// <returns>The tags; null if there are none.</returns>
    public static List<Tag>? TagsOf(IReadOnlyList<Tag>? tags)
    {
        var own = (tags ?? []).Where(tag => tag.Key is { Length: > 0 } key && !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)).OrderBy(tag => tag.Key, StringComparer.Ordinal).ToList();
        return own.Count == 0 ? null : own;
    }

    private static Dictionary<string, string>? Sorted(Dictionary<string, string>? map)
    {
        var sorted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (map ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            sorted.Add(pair.Key, pair.Value);
        return sorted;
    }

    // Returns whether nothing is left.
    private static bool Prune(object shape)
    {
        var isEmpty = true;
        foreach (var member in RequestRules.WireMembers(shape.GetType()))
        {
            var value = member.GetValue(shape);
            if (value is "" or ICollection { Count: 0 } || (value is not null && RequestRules.IsShape(value.GetType()) && Prune(value)))
                member.SetValue(shape, value = null);
            isEmpty &= value is null;
        }

        return isEmpty;
    }
}
