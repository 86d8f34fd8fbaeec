using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.AutoScaling;
using AppRunner.LocalEndpoint.Observability;
using AppRunner.LocalEndpoint.RepositoryConnections;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.LocalEndpoint.VpcConnectors;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>What an update can change of a service; null for tracing that is off, for a source without connection and for outbound traffic without connector. Never changed itself once made, so that answers can share its parts.</summary>
internal sealed record ServiceConfiguration(
    SourceConfiguration Source,
    InstanceConfiguration Instance,
    HealthCheckConfiguration HealthCheck,
    NetworkConfiguration Network,
    StoredAutoScalingConfiguration AutoScaling,
    StoredObservabilityConfiguration? Observability,
    StoredConnection? Connection,
    StoredVpcConnector? VpcConnector)
{
    /// <summary>The resources that it uses.</summary>
    public IEnumerable<SharedResource> Shared => new SharedResource?[] { AutoScaling, Observability, Connection, VpcConnector }.OfType<SharedResource>();

    /// <summary>Tracing as a request says it.</summary>
    public ServiceObservabilityConfiguration ShowObservability() => new() { ObservabilityEnabled = Observability is not null, ObservabilityConfigurationArn = Observability?.Arn };
}
