using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;
using AppRunner.Tags;

namespace AppRunner.Services;

/// <summary>
/// Reads services (API: ListServices, DescribeService, ListServicesForAutoScalingConfiguration). Without a name or with wildcards it
/// lists (ServiceSummary), streaming page by page; with a name, an ARN or -Detailed it describes services (Service).
/// </summary>
[Cmdlet(VerbsCommon.Get, "ARService", DefaultParameterSetName = ServiceSet)]
[OutputType(typeof(ServiceSummary), typeof(Service))]
public sealed class GetServiceCommand : ReadingCommand<ServiceSummary>
{
    private const string ServiceSet = "Service";
    private const string AutoScalingSet = "AutoScalingConfiguration";

    /// <summary>
    /// The services: names (wildcards allowed), ARNs, or objects with ServiceArn; or auto scaling configurations, connections,
    /// VPC connectors and observability configurations, for the services that use them. Default: all.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ServiceSet)]
    [Alias("ServiceName", "ServiceArn", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[]? Service { get; set; }

    /// <summary>Only the services that use one of these auto scaling configurations, described: names (latest revision), <c>name/revision</c>, ARNs or objects (API: AutoScalingConfigurationArn).</summary>
    [Parameter(Mandatory = true, ParameterSetName = AutoScalingSet)]
    [Alias("AutoScalingConfiguration")]
    [ResourceIdentityTransformation(nameof(ResourceKind.AutoScalingConfiguration))]
    [ArgumentCompleter(typeof(AutoScalingConfigurationNameCompleter))]
    public ResourceIdentity[]? AutoScalingConfigurationArn { get; set; }

    /// <summary>Only services that use one of these connections to source code providers: names, ARNs or objects. One more call for each service.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [Alias("Connection")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Connection))]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public ResourceIdentity[]? ConnectionArn { get; set; }

    /// <summary>Only services that use one of these VPC connectors: names, ARNs or objects. One more call for each service.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [Alias("VpcConnector")]
    [ResourceIdentityTransformation(nameof(ResourceKind.VpcConnector))]
    [ArgumentCompleter(typeof(VpcConnectorNameCompleter))]
    public ResourceIdentity[]? VpcConnectorArn { get; set; }

    /// <summary>Only services that use one of these observability configurations, in this revision: names, ARNs or objects. One more call for each service.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [Alias("ObservabilityConfiguration")]
    [ResourceIdentityTransformation(nameof(ResourceKind.ObservabilityConfiguration))]
    [ArgumentCompleter(typeof(ObservabilityConfigurationNameCompleter))]
    public ResourceIdentity[]? ObservabilityConfigurationArn { get; set; }

    /// <summary>Only services with one of these statuses, such as RUNNING or PAUSED.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Only services with all these tags, as a hashtable or a string such as <c>env=dev</c>; values may have wildcards, and $null matches any value. One more call for each service.</summary>
    [Parameter]
    [TagFilterTransformation]
    [Alias("Tags")]
    public IDictionary? Tag { get; set; }

    /// <summary>Describes each listed service: one more call for each.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.Service;

    /// <inheritdoc/>
    private protected override bool IsDetailed => Detailed;

    private TagFilter? Filter { get; set; }

    private IEnumerable<(ResourceKind Kind, ResourceIdentity[] Used)> UsedResources =>
        from filter in new[] { (Kind: ResourceKind.Connection, Used: ConnectionArn), (Kind: ResourceKind.VpcConnector, Used: VpcConnectorArn), (Kind: ResourceKind.ObservabilityConfiguration, Used: ObservabilityConfigurationArn) }
        where filter.Used is not null
        select (filter.Kind, filter.Used);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Errors.WarnAboutUnknownValues(nameof(Status), Status, typeof(ServiceStatus));
        Errors.ReportProblems(BindingProblems.Of(Tag, nameof(Tag)).ToArray(), "The tags");
        Filter = MyInvocation.BoundParameters.ContainsKey(nameof(Tag)) ? new TagFilter(Tag) : null;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (AutoScalingConfigurationArn is null)
        {
            Read(Service);
            return;
        }

        foreach (var identity in AutoScalingConfigurationArn)
        {
            Errors.Target = identity.Target;
            foreach (var region in RegionsOf(identity))
                ReadServicesUsing(identity, region);
        }
    }

    /// <inheritdoc/>
    private protected override Task ReadPagesAsync(IAppRunnerConnection connection, Func<IEnumerable<ServiceSummary>?, Task<bool>> take) =>
        Pages.ReadAsync(connection, new ListServicesRequest { MaxResults = ListServicesRequest.PageLimit }, page => take(page.ServiceSummaryList), Stopped);

    /// <inheritdoc/>
    private protected override async Task<ServiceSummary> DescribeAsync(IAppRunnerConnection connection, string arn) => await connection.DescribeAsync(arn, Stopped).ConfigureAwait(false);

    /// <inheritdoc/>
    private protected override string? NameOf(ServiceSummary resource) => resource.ServiceName;

    /// <inheritdoc/>
    private protected override bool MatchesFilter(ServiceSummary resource) => Status is null || Status.Contains(resource.Status, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    private protected override async Task<bool> MatchesFilterAsync(IAppRunnerConnection connection, ServiceSummary resource)
    {
        if (Filter is not null && !Filter.Matches(await connection.ReadTagsAsync(resource.ServiceArn!, Stopped).ConfigureAwait(false)))
            return false;
        Service? service = resource as Service;
        foreach (var (kind, used) in UsedResources)
        {
            service ??= await connection.DescribeAsync(resource.ServiceArn!, Stopped).ConfigureAwait(false);
            if (!(await ArnsAsync(kind, used, connection).ConfigureAwait(false)).Exists(arn => ResourceUsers.IsUsedBy(kind, service, arn)))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    private protected override async Task<bool> CanMatchAsync(IAppRunnerConnection connection)
    {
        var canMatch = true;
        foreach (var (kind, used) in UsedResources)
            canMatch &= (await ArnsAsync(kind, used, connection).ConfigureAwait(false)).Count > 0;
        return canMatch;
    }

    /// <inheritdoc/>
    private protected override bool TryReadReferenced(object? value, string? region)
    {
        switch (value)
        {
            case AutoScalingConfigurationSummary configuration:
                ReadServicesUsing(new ResourceIdentity(configuration, configuration.AutoScalingConfigurationArn, null), region);
                return true;
            case ConnectionSummary or VpcConnector or ObservabilityConfigurationSummary when Arn.TryParse(((IResource)value).ResourceArn, out var arn) && ResourceKind.Of(arn) is { ReferenceIn: not null } kind:
                ReadServicesUsing(kind, value, arn);
                return true;
            default:
                return false;
        }
    }

    // The ARNs of resources that services of a connection's region can use. A name need not exist in every region of the command line.
    private async Task<List<string>> ArnsAsync(ResourceKind kind, IEnumerable<ResourceIdentity> used, IAppRunnerConnection connection)
    {
        var arns = new List<string>();
        foreach (var identity in used)
        {
            try
            {
                arns.Add((await Resolver.ResolveAsync(identity, kind, connection.Region).ConfigureAwait(false)).Arn);
            }
            catch (ResourceNotFoundException)
            {
                if (!await ExistsInAnyRegionAsync(kind, identity).ConfigureAwait(false))
                    throw;
            }
        }

        return arns;
    }

    private async Task<bool> ExistsInAnyRegionAsync(ResourceKind kind, ResourceIdentity identity)
    {
        foreach (var region in Region ?? [])
        {
            try
            {
                await Resolver.ResolveAsync(identity, kind, region).ConfigureAwait(false);
                return true;
            }
            catch (AppRunnerException)
            {
                // The reading of that region reports its own errors.
            }
        }

        return false;
    }

    // The API lists the services of auto scaling configurations only, so the services are described.
    private void ReadServicesUsing(ResourceKind kind, object resource, Arn arn) => Work.Enqueue(resource, async () =>
    {
        var connection = await Connections.ConnectAsync(arn.Region).ConfigureAwait(false);
        if (!await CanMatchAsync(connection).ConfigureAwait(false))
            return;
        await ReadPagesAsync(
            connection,
            async page =>
            {
                await WriteInOrderAsync((page ?? []).Where(MatchesFilter), listed => ReadAsync(async () =>
                {
                    var service = await connection.DescribeAsync(listed.ServiceArn!, Stopped).ConfigureAwait(false);
                    return ResourceUsers.IsUsedBy(kind, service, arn.Text) && await MatchesFilterAsync(connection, service).ConfigureAwait(false) ? service : null;
                })).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
    });

    private void ReadServicesUsing(ResourceIdentity configuration, string? region) => Work.Enqueue(configuration.Target, async () =>
    {
        var found = await Resolver.ResolveAsync(configuration, ResourceKind.AutoScalingConfiguration, region).ConfigureAwait(false);
        if (!await CanMatchAsync(found.Connection).ConfigureAwait(false))
            return;
        await Pages.ReadAsync(
            found.Connection,
            new ListServicesForAutoScalingConfigurationRequest { AutoScalingConfigurationArn = found.Arn, MaxResults = ListServicesForAutoScalingConfigurationRequest.PageLimit },
            async page =>
            {
                await WriteInOrderAsync(page.ServiceArnList ?? [], arn => ReadAsync(async () =>
                {
                    var service = await DescribeAsync(found.Connection, arn).ConfigureAwait(false);
                    return MatchesFilter(service) && await MatchesFilterAsync(found.Connection, service).ConfigureAwait(false) ? service : null;
                })).ConfigureAwait(false);
                return true;
            },
            Stopped).ConfigureAwait(false);
    });
}
