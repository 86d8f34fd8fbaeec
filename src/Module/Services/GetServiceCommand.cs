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
    /// The services: names (wildcards allowed), ARNs, or objects with ServiceArn; or auto scaling configurations, for the
    /// services that use them. Default: all.
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
        foreach (var (kind, used) in new[] { (ResourceKind.Connection, ConnectionArn), (ResourceKind.VpcConnector, VpcConnectorArn), (ResourceKind.ObservabilityConfiguration, ObservabilityConfigurationArn) })
        {
            if (used is null)
                continue;
            service ??= await connection.DescribeAsync(resource.ServiceArn!, Stopped).ConfigureAwait(false);
            var isUsed = false;
            foreach (var identity in used)
                isUsed |= ResourceUsers.IsUsedBy(kind, service, (await Resolver.ResolveAsync(identity, kind, connection.Region).ConfigureAwait(false)).Arn);
            if (!isUsed)
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    private protected override bool TryReadReferenced(object? value, string? region)
    {
        if (value is not AutoScalingConfigurationSummary configuration)
            return false;
        ReadServicesUsing(new ResourceIdentity(configuration, configuration.AutoScalingConfigurationArn, null), region);
        return true;
    }

    private void ReadServicesUsing(ResourceIdentity configuration, string? region) => Work.Enqueue(configuration.Target, async () =>
    {
        var found = await Resolver.ResolveAsync(configuration, ResourceKind.AutoScalingConfiguration, region).ConfigureAwait(false);
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
