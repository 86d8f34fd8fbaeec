using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The part of a service that UpdateService can change. Observability is null without tracing, Connection without a connection, VpcConnector without a connector. Immutable, so that responses can share its parts.</summary>
internal sealed record ServiceConfiguration(
    SourceConfiguration Source,
    InstanceConfiguration Instance,
    HealthCheckConfiguration HealthCheck,
    NetworkConfiguration Network,
    StoredAutoScalingConfiguration AutoScaling,
    StoredObservabilityConfiguration? Observability,
    StoredGitConnection? Connection,
    StoredVpcConnector? VpcConnector)
{
    /// <summary>The resources that it uses.</summary>
    public IEnumerable<SharedResource> Shared => new SharedResource?[] { AutoScaling, Observability, Connection, VpcConnector }.OfType<SharedResource>();

    /// <summary>Converts the tracing settings into the API's type.</summary>
    public ServiceObservabilityConfiguration ToObservabilityShape() => new() { ObservabilityEnabled = Observability is not null, ObservabilityConfigurationArn = Observability?.Arn };
}

/// <summary>Builds the configuration of a service: fills in App Runner's defaults, and merges updates.</summary>
internal static class ServiceSettings
{
    /// <summary>Builds the configuration from a validated request.</summary>
    /// <param name="request">The request; the configuration shares its parts.</param>
    /// <param name="region">The region of the service.</param>
    /// <exception cref="InvalidRequestException">It refers to a resource that does not exist or cannot be used.</exception>
    public static ServiceConfiguration Complete(CreateServiceRequest request, Region region) => new(
        Complete(request.SourceConfiguration!, region.Endpoint.AccountId),
        Complete(request.InstanceConfiguration),
        Defaults.Fill(request.HealthCheckConfiguration ?? new HealthCheckConfiguration()),
        Complete(request.NetworkConfiguration),
        AutoScaling(request.AutoScalingConfigurationArn, region.Store<AutoScalingConfigurationStore>()),
        Observability(request.ObservabilityConfiguration, region.Store<ObservabilityConfigurationStore>()),
        GitConnectionOf(request.SourceConfiguration!.AuthenticationConfiguration?.ConnectionArn, region.Store<GitConnectionStore>()),
        VpcConnector(request.NetworkConfiguration?.EgressConfiguration?.VpcConnectorArn, region.Store<VpcConnectorStore>()));

    /// <summary>Merges an update into a request that would create the updated service, so that the rules of CreateService can validate the result.</summary>
    /// <param name="service">The service before the update.</param>
    /// <param name="update">The validated update.</param>
    /// <exception cref="InvalidRequestException">The update changes the type of the source.</exception>
    public static CreateServiceRequest Merge(StoredService service, UpdateServiceRequest update)
    {
        var old = service.Configuration;
        return new CreateServiceRequest
        {
            ServiceName = service.Name,
            SourceConfiguration = Merge(old.Source, update.SourceConfiguration),
            InstanceConfiguration = new InstanceConfiguration
            {
                Cpu = update.InstanceConfiguration?.Cpu ?? old.Instance.Cpu,
                Memory = update.InstanceConfiguration?.Memory ?? old.Instance.Memory,
                InstanceRoleArn = update.InstanceConfiguration?.InstanceRoleArn ?? old.Instance.InstanceRoleArn,
            },
            HealthCheckConfiguration = new HealthCheckConfiguration
            {
                Protocol = update.HealthCheckConfiguration?.Protocol ?? old.HealthCheck.Protocol,
                Path = update.HealthCheckConfiguration?.Path ?? old.HealthCheck.Path,
                Interval = update.HealthCheckConfiguration?.Interval ?? old.HealthCheck.Interval,
                Timeout = update.HealthCheckConfiguration?.Timeout ?? old.HealthCheck.Timeout,
                HealthyThreshold = update.HealthCheckConfiguration?.HealthyThreshold ?? old.HealthCheck.HealthyThreshold,
                UnhealthyThreshold = update.HealthCheckConfiguration?.UnhealthyThreshold ?? old.HealthCheck.UnhealthyThreshold,
            },
            AutoScalingConfigurationArn = update.AutoScalingConfigurationArn ?? old.AutoScaling.Arn,
            NetworkConfiguration = new NetworkConfiguration
            {
                EgressConfiguration = update.NetworkConfiguration?.EgressConfiguration ?? old.Network.EgressConfiguration,
                IngressConfiguration = update.NetworkConfiguration?.IngressConfiguration ?? old.Network.IngressConfiguration,
                IpAddressType = update.NetworkConfiguration?.IpAddressType ?? old.Network.IpAddressType,
            },
            ObservabilityConfiguration = update.ObservabilityConfiguration ?? old.ToObservabilityShape(),
        };
    }

    private static SourceConfiguration Merge(SourceConfiguration old, SourceConfiguration? update)
    {
        if (update is null)
            return old;
        if ((old.CodeRepository is not null && update.ImageRepository is not null) || (old.ImageRepository is not null && update.CodeRepository is not null))
            throw new InvalidRequestException("An update cannot switch a service between a code repository and an image repository. Create another service instead.");

        // A public image takes no access role, and an update has no way to remove the role.
        var becamePublic = old.ImageRepository?.ImageRepositoryType == ImageRepositoryType.Ecr && update.ImageRepository?.ImageRepositoryType == ImageRepositoryType.EcrPublic;
        return new SourceConfiguration
        {
            CodeRepository = update.CodeRepository is null ? old.CodeRepository : new CodeRepository
            {
                RepositoryUrl = update.CodeRepository.RepositoryUrl,
                SourceCodeVersion = update.CodeRepository.SourceCodeVersion,
                SourceDirectory = update.CodeRepository.SourceDirectory,

                // Required by CreateService only: an update of the branch keeps the code configuration.
                CodeConfiguration = update.CodeRepository.CodeConfiguration ?? old.CodeRepository!.CodeConfiguration,
            },
            ImageRepository = update.ImageRepository ?? old.ImageRepository,
            AutoDeploymentsEnabled = update.AutoDeploymentsEnabled ?? (becamePublic ? null : old.AutoDeploymentsEnabled),
            AuthenticationConfiguration = update.AuthenticationConfiguration ?? (becamePublic ? null : old.AuthenticationConfiguration),
        };
    }

    private static SourceConfiguration Complete(SourceConfiguration source, string accountId)
    {
        var image = source.ImageRepository;
        var code = source.CodeRepository;

        // App Runner supports automatic deployments for ECR images of the same account only.
        var autoDeploys = image is null || (image.ImageRepositoryType != ImageRepositoryType.EcrPublic && image.ImageIdentifier!.StartsWith(accountId + ".", System.StringComparison.Ordinal));
        return new SourceConfiguration
        {
            CodeRepository = code is null ? null : new CodeRepository
            {
                RepositoryUrl = code.RepositoryUrl,
                SourceCodeVersion = code.SourceCodeVersion,
                SourceDirectory = code.SourceDirectory ?? Defaults.Text<CodeRepository>(nameof(CodeRepository.SourceDirectory)),
                CodeConfiguration = Complete(code.CodeConfiguration!),
            },
            ImageRepository = image is null ? null : new ImageRepository
            {
                ImageIdentifier = image.ImageIdentifier,
                ImageRepositoryType = image.ImageRepositoryType,
                ImageConfiguration = new ImageConfiguration
                {
                    Port = image.ImageConfiguration?.Port ?? Defaults.Text<ImageConfiguration>(nameof(ImageConfiguration.Port)),
                    StartCommand = image.ImageConfiguration?.StartCommand,
                    RuntimeEnvironmentVariables = image.ImageConfiguration?.RuntimeEnvironmentVariables,
                    RuntimeEnvironmentSecrets = image.ImageConfiguration?.RuntimeEnvironmentSecrets,
                },
            },
            AutoDeploymentsEnabled = source.AutoDeploymentsEnabled ?? autoDeploys,
            AuthenticationConfiguration = source.AuthenticationConfiguration,
        };
    }

    // With REPOSITORY the values are ignored: apprunner.yaml has the settings.
    private static CodeConfiguration Complete(CodeConfiguration code) => code.ConfigurationSource == ConfigurationSource.Repository
        ? new CodeConfiguration { ConfigurationSource = code.ConfigurationSource }
        : new CodeConfiguration
        {
            ConfigurationSource = code.ConfigurationSource,
            CodeConfigurationValues = new CodeConfigurationValues
            {
                Runtime = code.CodeConfigurationValues!.Runtime,
                BuildCommand = code.CodeConfigurationValues.BuildCommand,
                StartCommand = code.CodeConfigurationValues.StartCommand,
                Port = code.CodeConfigurationValues.Port ?? Defaults.Text<CodeConfigurationValues>(nameof(CodeConfigurationValues.Port)),
                RuntimeEnvironmentVariables = code.CodeConfigurationValues.RuntimeEnvironmentVariables,
                RuntimeEnvironmentSecrets = code.CodeConfigurationValues.RuntimeEnvironmentSecrets,
            },
        };

    // A private service has no IPv6: App Runner falls back to IPV4.
    private static NetworkConfiguration Complete(NetworkConfiguration? given)
    {
        var network = Defaults.Fill(given ?? new NetworkConfiguration());
        if (network.IngressConfiguration?.IsPubliclyAccessible == false)
            network.IpAddressType = IpAddressType.IPv4;
        return network;
    }

    // The API returns CPU units and MB, also if the request has vCPU and GB.
    private static InstanceConfiguration Complete(InstanceConfiguration? instance) => new()
    {
        Cpu = (InstanceSize.CpuUnits(instance?.Cpu) ?? InstanceSize.DefaultCpu).ToString(CultureInfo.InvariantCulture),
        Memory = (InstanceSize.MemoryMegabytes(instance?.Memory) ?? InstanceSize.DefaultMemory).ToString(CultureInfo.InvariantCulture),
        InstanceRoleArn = instance?.InstanceRoleArn,
    };

    private static StoredAutoScalingConfiguration AutoScaling(string? arn, AutoScalingConfigurationStore store) =>
        string.IsNullOrEmpty(arn) ? store.Default : FindReferenced(arn, store, nameof(CreateServiceRequest.AutoScalingConfigurationArn));

    private static StoredObservabilityConfiguration? Observability(ServiceObservabilityConfiguration? given, ObservabilityConfigurationStore store) =>
        given?.ObservabilityEnabled != true ? null
        : string.IsNullOrEmpty(given.ObservabilityConfigurationArn) ? store.Default
        : FindReferenced(given.ObservabilityConfigurationArn, store, nameof(ServiceObservabilityConfiguration.ObservabilityConfigurationArn));

    private static StoredGitConnection? GitConnectionOf(string? arn, GitConnectionStore store)
    {
        if (string.IsNullOrEmpty(arn))
            return null;
        var connection = FindReferenced(arn, store, nameof(AuthenticationConfiguration.ConnectionArn));
        return connection.Status == ConnectionStatus.Available
            ? connection
            : throw new InvalidRequestException($"ConnectionArn: the status of the connection must be {ConnectionStatus.Available}, and is {connection.Status}: {arn}");
    }

    private static StoredVpcConnector? VpcConnector(string? arn, VpcConnectorStore store) =>
        string.IsNullOrEmpty(arn) ? null : FindReferenced(arn, store, nameof(EgressConfiguration.VpcConnectorArn));

    private static T FindReferenced<T>(string arn, ResourceStore<T> store, string member)
        where T : StoredResource => store.TryFindLive(arn) ?? throw new InvalidRequestException($"{member}: there is no active resource with this ARN: {arn}");
}
