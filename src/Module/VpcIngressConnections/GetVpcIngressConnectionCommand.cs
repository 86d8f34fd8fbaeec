using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.VpcIngressConnections;

/// <summary>Reads VPC ingress connections (API: ListVpcIngressConnections, DescribeVpcIngressConnection). Without a name or with wildcards it lists (VpcIngressConnectionSummary); with a name, an ARN or -Detailed it returns complete ones (VpcIngressConnection).</summary>
[Cmdlet(VerbsCommon.Get, "ARVpcIngressConnection")]
[OutputType(typeof(VpcIngressConnectionSummary), typeof(VpcIngressConnection))]
public sealed class GetVpcIngressConnectionCommand : ReadingCommand<VpcIngressConnectionSummary>
{
    /// <summary>The VPC ingress connections: names (wildcards allowed), ARNs, or objects with VpcIngressConnectionArn; or services, for the connections to each service. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VpcIngressConnectionArn", "VpcIngressConnectionName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.VpcIngressConnection))]
    [ArgumentCompleter(typeof(VpcIngressConnectionNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[]? VpcIngressConnection { get; set; }

    /// <summary>Only connections to this service: a name, an ARN, or an object with ServiceArn (API: Filter.ServiceArn).</summary>
    [Parameter]
    [Alias("ServiceArn", "ServiceName")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[]? Service { get; set; }

    /// <summary>Only connections with this VPC endpoint (API: Filter.VpcEndpointId).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VpcEndpointId { get; set; }

    /// <summary>Describes each listed connection: one more call for each.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.VpcIngressConnection;

    /// <inheritdoc/>
    private protected override bool IsDetailed => Detailed;

    /// <inheritdoc/>
    private protected override IEnumerable<string?> Regions => Arn.TryParse(ServiceFilter?.Arn, out var service) ? [service.Region] : base.Regions;

    // The service of -Service or of the pipeline; null for all.
    private ResourceIdentity? ServiceFilter { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var service in Service ?? [null!])
        {
            ServiceFilter = service;
            Errors.Target = service?.Target;
            Errors.Guard(() => Read(VpcIngressConnection));
        }
    }

    /// <inheritdoc/>
    private protected override Task ReadPagesAsync(IAppRunnerConnection connection, Func<IEnumerable<VpcIngressConnectionSummary>?, Task<bool>> take) => PageReader()(connection, take);

    /// <inheritdoc/>
    private protected override Func<IAppRunnerConnection, Func<IEnumerable<VpcIngressConnectionSummary>?, Task<bool>>, Task> PageReader()
    {
        var serviceFilter = ServiceFilter;
        return async (connection, take) =>
        {
            ResolvedResource? service = null;
            try
            {
                service = serviceFilter is null ? null : await Resolver.ResolveAsync(serviceFilter, ResourceKind.Service, connection.Region).ConfigureAwait(false);
            }
            catch (AppRunnerException unknown)
            {
                await Work.PostAsync(() => Errors.Report(unknown, serviceFilter!.Target)).ConfigureAwait(false);
                return;
            }

            var filter = service is null && VpcEndpointId is null ? null : new ListVpcIngressConnectionsFilter { ServiceArn = service?.Arn, VpcEndpointId = VpcEndpointId };
            await Pages.ReadAsync(
                service?.Connection ?? connection,
                new ListVpcIngressConnectionsRequest { Filter = filter, MaxResults = ListVpcIngressConnectionsRequest.PageLimit },
                page => take(page.VpcIngressConnectionSummaryList),
                Stopped).ConfigureAwait(false);
        };
    }

    /// <inheritdoc/>
    private protected override async Task<VpcIngressConnectionSummary> DescribeAsync(IAppRunnerConnection connection, string arn)
    {
        var request = new DescribeVpcIngressConnectionRequest { VpcIngressConnectionArn = arn };
        var response = await connection.SendAsync(request, Stopped).ConfigureAwait(false);
        return RequestSender.RequireResult(response.VpcIngressConnection, request, response);
    }

    /// <inheritdoc/>
    private protected override bool MatchesFilter(VpcIngressConnectionSummary resource) =>
        VpcEndpointId is null || resource is not VpcIngressConnection { IngressVpcConfiguration.VpcEndpointId: { } endpoint } || endpoint == VpcEndpointId;

    /// <inheritdoc/>
    private protected override async Task<bool> MatchesFilterAsync(IAppRunnerConnection connection, VpcIngressConnectionSummary resource)
    {
        // A list is already filtered by service; a connection that was given by name may be to another service.
        if (ServiceFilter is null || resource is not VpcIngressConnection { })
            return true;
        var service = await Resolver.ResolveAsync(ServiceFilter, ResourceKind.Service, connection.Region).ConfigureAwait(false);
        return resource.ServiceArn == service.Arn;
    }

    /// <inheritdoc/>
    private protected override bool TryReadReferenced(object? value, string? region)
    {
        if (value is not ServiceSummary { ServiceArn: { } serviceArn } service || !Arn.TryParse(serviceArn, out var arn))
            return false;
        var before = ServiceFilter;
        ServiceFilter = new ResourceIdentity(service, serviceArn, null);
        List(arn.Region, null);
        ServiceFilter = before;
        return true;
    }
}
