using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>What an update can change of a service. Never changed itself once made, so that answers can share its parts.</summary>
internal sealed record ServiceConfiguration(
    SourceConfiguration Source,
    InstanceConfiguration Instance,
    HealthCheckConfiguration HealthCheck,
    AutoScalingConfigurationSummary AutoScaling,
    NetworkConfiguration Network,
    ServiceObservabilityConfiguration Observability);
