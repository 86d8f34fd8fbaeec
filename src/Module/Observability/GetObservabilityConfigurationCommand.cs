using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Observability;

/// <summary>Reads observability configurations (API: ListObservabilityConfigurations, DescribeObservabilityConfiguration). Without a name or with wildcards it lists (ObservabilityConfigurationSummary); with a name, an ARN or -Detailed it returns complete ones (ObservabilityConfiguration).</summary>
[Cmdlet(VerbsCommon.Get, "ARObservabilityConfiguration")]
[OutputType(typeof(ObservabilityConfigurationSummary), typeof(ObservabilityConfiguration))]
public sealed class GetObservabilityConfigurationCommand : RevisionReadingCommand<ObservabilityConfigurationSummary>
{
    /// <summary>The configurations: names (all active revisions; wildcards allowed), <c>name/revision</c>, ARNs (an ARN without a revision means the latest), or objects with ObservabilityConfigurationArn; or services, for the one that each uses. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ObservabilityConfigurationArn", "ObservabilityConfigurationName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.ObservabilityConfiguration))]
    [ArgumentCompleter(typeof(ObservabilityConfigurationNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[]? ObservabilityConfiguration { get; set; }

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.ObservabilityConfiguration;

    /// <inheritdoc/>
    private protected override void Process() => Read(ObservabilityConfiguration);

    /// <inheritdoc/>
    private protected override Task ReadPagesAsync(IAppRunnerConnection connection, string? name, Func<IEnumerable<ObservabilityConfigurationSummary>?, Task<bool>> take) => Pages.ReadAsync(
        connection,
        new ListObservabilityConfigurationsRequest { ObservabilityConfigurationName = name, LatestOnly = Latest.IsPresent, MaxResults = ListObservabilityConfigurationsRequest.PageLimit },
        page => take(page.ObservabilityConfigurationSummaryList),
        Stopped);

    /// <inheritdoc/>
    private protected override async Task<ObservabilityConfigurationSummary> DescribeAsync(IAppRunnerConnection connection, string arn)
    {
        var request = new DescribeObservabilityConfigurationRequest { ObservabilityConfigurationArn = arn };
        var response = await connection.SendAsync(request, Stopped).ConfigureAwait(false);
        return RequestSender.RequireResult(response.ObservabilityConfiguration, request, response);
    }
}
