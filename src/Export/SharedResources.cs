using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Export;

/// <summary>The resources that are exported beside the services, each once, with the service that first refers to it.</summary>
internal static class SharedResources
{
    /// <summary>The auto scaling configurations, without the predefined one.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The configurations by service.</returns>
    public static IEnumerable<(ServiceSnapshot Service, AutoScalingConfiguration Resource)> AutoScalingConfigurations(IReadOnlyList<ServiceSnapshot> services) =>
        Distinct(services.Where(service => !Definitions.IsPredefinedScaling(service)), service => service.AutoScalingConfiguration);

    /// <summary>The VPC connectors.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The connectors by service.</returns>
    public static IEnumerable<(ServiceSnapshot Service, VpcConnector Resource)> VpcConnectors(IReadOnlyList<ServiceSnapshot> services) =>
        Distinct(services, service => service.VpcConnector);

    /// <summary>The observability configurations.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The configurations by service.</returns>
    public static IEnumerable<(ServiceSnapshot Service, ObservabilityConfiguration Resource)> ObservabilityConfigurations(IReadOnlyList<ServiceSnapshot> services) =>
        Distinct(services, service => service.ObservabilityConfiguration);

    /// <summary>The connections.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The connections by service.</returns>
    public static IEnumerable<(ServiceSnapshot Service, ConnectionSummary Resource)> Connections(IReadOnlyList<ServiceSnapshot> services) =>
        Distinct(services, service => service.Connection);

    /// <summary>The tags of a resource that can be written.</summary>
    /// <param name="service">The service that was read with it.</param>
    /// <param name="resource">The resource.</param>
    /// <returns>The tags; null if there are none.</returns>
    public static List<Tag>? TagsOf(ServiceSnapshot service, IResource resource) =>
        Definitions.TagsOf(service.SharedTags.TryGetValue(resource.ResourceArn!, out var tags) ? tags : null);

    /// <summary>The request that would create an auto scaling configuration.</summary>
    /// <param name="service">The service that was read with it.</param>
    /// <param name="scaling">The configuration.</param>
    /// <returns>The request.</returns>
    public static CreateAutoScalingConfigurationRequest DefinitionOf(ServiceSnapshot service, AutoScalingConfiguration scaling) => new()
    {
        AutoScalingConfigurationName = scaling.AutoScalingConfigurationName,
        MaxConcurrency = scaling.MaxConcurrency,
        MinSize = scaling.MinSize,
        MaxSize = scaling.MaxSize,
        Tags = TagsOf(service, scaling),
    };

    /// <summary>The request that would create a VPC connector.</summary>
    /// <param name="service">The service that was read with it.</param>
    /// <param name="connector">The connector.</param>
    /// <returns>The request.</returns>
    public static CreateVpcConnectorRequest DefinitionOf(ServiceSnapshot service, VpcConnector connector) => new()
    {
        VpcConnectorName = connector.VpcConnectorName,
        Subnets = connector.Subnets,
        SecurityGroups = connector.SecurityGroups is { Count: > 0 } groups ? groups : null,
        Tags = TagsOf(service, connector),
    };

    /// <summary>The request that would create an observability configuration.</summary>
    /// <param name="service">The service that was read with it.</param>
    /// <param name="observability">The configuration.</param>
    /// <returns>The request.</returns>
    public static CreateObservabilityConfigurationRequest DefinitionOf(ServiceSnapshot service, ObservabilityConfiguration observability) => new()
    {
        ObservabilityConfigurationName = observability.ObservabilityConfigurationName,
        TraceConfiguration = observability.TraceConfiguration,
        Tags = TagsOf(service, observability),
    };

    /// <summary>Refuses services of several regions: a stack or a provider has one.</summary>
    /// <param name="services">The services.</param>
    /// <param name="problems">Gets the error.</param>
    public static void CheckRegion(IReadOnlyList<ServiceSnapshot> services, ExportProblems problems)
    {
        foreach (var other in services.Where(service => service.Service.Region != services[0].Service.Region).Take(1))
            problems.Refuse(other, nameof(Service.ServiceArn), $"is in {other.Service.Region}, but {services[0].Service.ServiceName} is in {services[0].Service.Region}. One file has the services of one region.");
    }

    private static IEnumerable<(ServiceSnapshot Service, T Resource)> Distinct<T>(IEnumerable<ServiceSnapshot> services, Func<ServiceSnapshot, T?> resourceOf)
        where T : class, IResource
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (resourceOf(service) is { ResourceArn: { Length: > 0 } arn } resource && seen.Add(arn))
                yield return (service, resource);
        }
    }
}
