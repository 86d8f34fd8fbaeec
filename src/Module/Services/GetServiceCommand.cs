using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Common;
using AppRunner.Completion;
using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>
/// Reads services (API: ListServices, DescribeService). Without a name and with wildcards it lists (ServiceSummary), streaming page by
/// page; with a name, an ARN or -Detailed it gives whole services (Service).
/// </summary>
[Cmdlet(VerbsCommon.Get, "ARService")]
[OutputType(typeof(ServiceSummary), typeof(Service))]
public sealed class GetServiceCommand : RemoteCommand
{
    private ServiceResolver? resolver;

    /// <summary>The services: names (wildcards allowed), ARNs, or objects that carry ServiceArn. Without it: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceName", "ServiceArn", "Name")]
    [ServiceIdentityTransformation]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    [SupportsWildcards]
    public ServiceIdentity[]? Service { get; set; }

    /// <summary>The regions, such as <c>eu-west-1</c>; several are read at once. The region of an ARN wins. Default: as for all cmdlets.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Region { get; set; }

    /// <summary>Only services with one of these statuses, such as RUNNING or PAUSED.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Gives whole services in a list too: one more call each.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override int Width => 8;

    private IEnumerable<string?> Regions => Region is { Length: > 0 } ? Region.Distinct<string?>(StringComparer.OrdinalIgnoreCase) : [null];

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        WarnOfUnknown(nameof(Status), Status, typeof(ServiceStatus));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Service is null)
        {
            foreach (var region in Regions)
                List(region, null);
            return;
        }

        foreach (var identity in Service)
        {
            Target = identity.Target;
            foreach (var region in identity.ServiceArn is null ? Regions : new string?[] { null })
                Guard(() => Read(identity, region));
        }
    }

    private void Read(ServiceIdentity identity, string? region)
    {
        if (identity.Problem is null && identity.ServiceArn is null && WildcardPattern.ContainsWildcardCharacters(identity.ServiceName))
        {
            List(region, PatternOf(identity.ServiceName!));
            return;
        }

        // One after the other: names come out in the order in which they were given.
        resolver ??= new ServiceResolver(ConnectAsync);
        var found = Await(async () =>
        {
            var service = await resolver.ResolveAsync(identity, region, Stopped).ConfigureAwait(false);
            return await service.Connection.DescribeAsync(service.ServiceArn, Stopped).ConfigureAwait(false);
        });
        if (Passes(found))
            WriteService(found);
    }

    private static WildcardPattern PatternOf(string text)
    {
        try
        {
            // Only a match shows that a bracket was never closed.
            var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException malformed)
        {
            throw new InvalidParameterException($"'{text}' is no pattern: {malformed.Message}", malformed);
        }
    }

    private void List(string? region, WildcardPattern? pattern) => Enqueue(region, async () =>
    {
        var connection = await ConnectAsync(region).ConfigureAwait(false);
        await Pages.ReadAsync(
            connection,
            new ListServicesRequest { MaxResults = ListServicesRequest.PageLimit },
            async page =>
            {
                foreach (var summary in page.ServiceSummaryList ?? [])
                {
                    if ((pattern is not null && !pattern.IsMatch(summary.ServiceName)) || !Passes(summary))
                        continue;
                    ServiceSummary service;
                    try
                    {
                        service = Detailed ? await connection.DescribeAsync(summary.ServiceArn!, Stopped).ConfigureAwait(false) : summary;
                    }
                    catch (ResourceNotFoundException)
                    {
                        // Gone between the list and the look: not there, then.
                        continue;
                    }

                    await PostAsync(() => WriteService(service)).ConfigureAwait(false);
                }

                return true;
            },
            Stopped).ConfigureAwait(false);
    });

    private bool Passes(ServiceSummary service) => Status is null || Status.Contains(service.Status, StringComparer.OrdinalIgnoreCase);
}
