using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.RepositoryConnections;

/// <summary>Reads connections to source code providers (API: ListConnections).</summary>
[Cmdlet(VerbsCommon.Get, "ARConnection")]
[OutputType(typeof(ConnectionSummary))]
public sealed class GetConnectionCommand : ReadingCommand<ConnectionSummary>
{
    /// <summary>The connections: names (wildcards allowed), ARNs, or objects with ConnectionArn; or services, for the one that each uses. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionArn", "ConnectionName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Connection))]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[]? Connection { get; set; }

    /// <summary>Only connections with one of these statuses, such as PENDING_HANDSHAKE or AVAILABLE.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionStatusCompleter))]
    public string[]? Status { get; set; }

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.Connection;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Errors.WarnAboutUnknownValues(nameof(Status), Status, typeof(ConnectionStatus));
    }

    /// <inheritdoc/>
    private protected override void Process() => Read(Connection);

    /// <inheritdoc/>
    private protected override Task ReadPagesAsync(IAppRunnerConnection connection, Func<IEnumerable<ConnectionSummary>?, Task<bool>> take) =>
        Pages.ReadAsync(connection, new ListConnectionsRequest { MaxResults = ListConnectionsRequest.PageLimit }, page => take(page.ConnectionSummaryList), Stopped);

    /// <inheritdoc/>
    private protected override Task<ConnectionSummary> DescribeAsync(IAppRunnerConnection connection, string arn) => connection.FindAsync(arn, Stopped);

    /// <inheritdoc/>
    private protected override bool MatchesFilter(ConnectionSummary resource) => Status is null || Status.Contains(resource.Status, StringComparer.OrdinalIgnoreCase);
}
