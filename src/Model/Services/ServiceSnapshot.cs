using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>What a <see cref="ServiceSnapshot"/> contains besides the service. Each part is one more call.</summary>
[Flags]
internal enum SnapshotParts
{
    /// <summary>Only the service.</summary>
    None = 0,

    /// <summary>Its tags.</summary>
    Tags = 1,

    /// <summary>The content of its auto scaling configuration.</summary>
    AutoScalingConfiguration = 2,

    /// <summary>The content of its VPC connector.</summary>
    VpcConnector = 4,

    /// <summary>The content of its observability configuration.</summary>
    ObservabilityConfiguration = 8,

    /// <summary>Its connection to the source code provider.</summary>
    Connection = 16,

    /// <summary>Its custom domains.</summary>
    CustomDomains = 32,

    /// <summary>The VPC ingress connections that lead to it.</summary>
    VpcIngressConnections = 64,

    /// <summary>The tags of the other parts.</summary>
    SharedTags = 128,
}

/// <summary>A service with its tags and the content of what it uses, as it was read: for exports and comparisons.</summary>
/// <param name="service">The service, as returned by DescribeService.</param>
internal sealed class ServiceSnapshot(Service service)
{
    /// <summary>The service.</summary>
    public Service Service { get; } = service;

    /// <summary>Its tags; null if they were not read.</summary>
    public IReadOnlyList<Tag>? Tags { get; set; }

    /// <summary>Its auto scaling configuration; null if it has none, or if it was not read or does not exist.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }

    /// <summary>Its VPC connector; null if it has none, or if it was not read or does not exist.</summary>
    public VpcConnector? VpcConnector { get; set; }

    /// <summary>Its observability configuration; null if it has none, or if it was not read or does not exist.</summary>
    public ObservabilityConfiguration? ObservabilityConfiguration { get; set; }

    /// <summary>Its connection; null if it has none, or if it was not read or does not exist.</summary>
    public ConnectionSummary? Connection { get; set; }

    /// <summary>Its custom domains.</summary>
    public IReadOnlyList<CustomDomain> CustomDomains { get; set; } = [];

    /// <summary>The VPC ingress connections that lead to it.</summary>
    public IReadOnlyList<VpcIngressConnection> VpcIngressConnections { get; set; } = [];

    /// <summary>The tags of the other parts, by ARN.</summary>
    public Dictionary<string, IReadOnlyList<Tag>> SharedTags { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a service.</summary>
    /// <param name="client">The client to call.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="parts">What to read besides the service.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="AppRunnerException">A call failed. A shared resource that does not exist any more is not an error.</exception>
    public static async Task<ServiceSnapshot> ReadAsync(IAppRunnerClient client, string serviceArn, SnapshotParts parts, CancellationToken cancellationToken)
    {
        var snapshot = new ServiceSnapshot(await client.DescribeAsync(serviceArn, cancellationToken).ConfigureAwait(false));
        await snapshot.ReadAsync(client, parts, cancellationToken).ConfigureAwait(false);
        return snapshot;
    }

    /// <summary>Reads parts of the snapshot.</summary>
    /// <param name="client">The client to call.</param>
    /// <param name="parts">What to read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that completes when everything has been read.</returns>
    public async Task ReadAsync(IAppRunnerClient client, SnapshotParts parts, CancellationToken cancellationToken)
    {
        if (parts.HasFlag(SnapshotParts.Tags))
            Tags = await ReadTagsAsync(client, Service.ServiceArn!, cancellationToken).ConfigureAwait(false);
        if (parts.HasFlag(SnapshotParts.AutoScalingConfiguration) && Service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn is { Length: > 0 } scaling)
        {
            AutoScalingConfiguration = await FindAsync(async () =>
                (await client.SendAsync(new DescribeAutoScalingConfigurationRequest { AutoScalingConfigurationArn = scaling }, cancellationToken).ConfigureAwait(false)).AutoScalingConfiguration).ConfigureAwait(false);
        }

        if (parts.HasFlag(SnapshotParts.VpcConnector) && Service.NetworkConfiguration?.EgressConfiguration?.VpcConnectorArn is { Length: > 0 } connector)
        {
            VpcConnector = await FindAsync(async () =>
                (await client.SendAsync(new DescribeVpcConnectorRequest { VpcConnectorArn = connector }, cancellationToken).ConfigureAwait(false)).VpcConnector).ConfigureAwait(false);
        }

        if (parts.HasFlag(SnapshotParts.ObservabilityConfiguration) && Service.ObservabilityConfiguration?.ObservabilityConfigurationArn is { Length: > 0 } observability)
        {
            ObservabilityConfiguration = await FindAsync(async () =>
                (await client.SendAsync(new DescribeObservabilityConfigurationRequest { ObservabilityConfigurationArn = observability }, cancellationToken).ConfigureAwait(false)).ObservabilityConfiguration).ConfigureAwait(false);
        }

        if (parts.HasFlag(SnapshotParts.Connection) && Service.SourceConfiguration?.AuthenticationConfiguration?.ConnectionArn is { Length: > 0 } connection)
            Connection = await ReadConnectionAsync(client, connection, cancellationToken).ConfigureAwait(false);
        if (parts.HasFlag(SnapshotParts.CustomDomains))
            CustomDomains = await ReadCustomDomainsAsync(client, cancellationToken).ConfigureAwait(false);
        if (parts.HasFlag(SnapshotParts.VpcIngressConnections) && Service.NetworkConfiguration?.IngressConfiguration?.IsPubliclyAccessible == false)
            VpcIngressConnections = await ReadVpcIngressConnectionsAsync(client, cancellationToken).ConfigureAwait(false);
        if (!parts.HasFlag(SnapshotParts.SharedTags))
            return;
        foreach (var resource in new IResource?[] { AutoScalingConfiguration, VpcConnector, ObservabilityConfiguration, Connection }.Concat(VpcIngressConnections))
        {
            if (resource?.ResourceArn is { Length: > 0 } arn)
                SharedTags[arn] = await ReadTagsAsync(client, arn, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<Tag>> ReadTagsAsync(IAppRunnerClient client, string arn, CancellationToken cancellationToken) =>
        (await client.SendAsync(new ListTagsForResourceRequest { ResourceArn = arn }, cancellationToken).ConfigureAwait(false)).Tags ?? [];

    private static async Task<T?> FindAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    // The API has no call that describes a connection.
    private static async Task<ConnectionSummary?> ReadConnectionAsync(IAppRunnerClient client, string arn, CancellationToken cancellationToken)
    {
        ConnectionSummary? found = null;
        await Pages.ReadAsync(
            client,
            new ListConnectionsRequest { ConnectionName = Arn.TryParse(arn, out var parsed) ? parsed.Name : null },
            page =>
            {
                found = page.ConnectionSummaryList?.FirstOrDefault(connection => connection.ConnectionArn == arn);
                return Task.FromResult(found is null);
            },
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    private async Task<IReadOnlyList<CustomDomain>> ReadCustomDomainsAsync(IAppRunnerClient client, CancellationToken cancellationToken)
    {
        var domains = new List<CustomDomain>();
        await Pages.ReadAsync(
            client,
            new DescribeCustomDomainsRequest { ServiceArn = Service.ServiceArn },
            page =>
            {
                domains.AddRange((page.CustomDomains ?? []).Where(domain => domain.Status != CustomDomainAssociationStatus.Deleting));
                return Task.FromResult(true);
            },
            cancellationToken).ConfigureAwait(false);
        return domains;
    }

    private async Task<IReadOnlyList<VpcIngressConnection>> ReadVpcIngressConnectionsAsync(IAppRunnerClient client, CancellationToken cancellationToken)
    {
        var arns = new List<string>();
        await Pages.ReadAsync(
            client,
            new ListVpcIngressConnectionsRequest { Filter = new ListVpcIngressConnectionsFilter { ServiceArn = Service.ServiceArn } },
            page =>
            {
                arns.AddRange((page.VpcIngressConnectionSummaryList ?? []).Select(listed => listed.VpcIngressConnectionArn).OfType<string>());
                return Task.FromResult(true);
            },
            cancellationToken).ConfigureAwait(false);
        var connections = new List<VpcIngressConnection>();
        foreach (var arn in arns)
        {
            var found = await FindAsync(async () =>
                (await client.SendAsync(new DescribeVpcIngressConnectionRequest { VpcIngressConnectionArn = arn }, cancellationToken).ConfigureAwait(false)).VpcIngressConnection).ConfigureAwait(false);
            if (found is not null && found.Status is not (VpcIngressConnectionStatus.Deleted or VpcIngressConnectionStatus.PendingDeletion))
                connections.Add(found);
        }

        return connections;
    }
}
