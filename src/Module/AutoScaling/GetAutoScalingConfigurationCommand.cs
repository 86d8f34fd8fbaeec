using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.AutoScaling;

/// <summary>Reads auto scaling configurations (API: ListAutoScalingConfigurations, DescribeAutoScalingConfiguration). Without a name or with wildcards it lists (AutoScalingConfigurationSummary); with a name, an ARN or -Detailed it returns complete ones (AutoScalingConfiguration).</summary>
[Cmdlet(VerbsCommon.Get, "ARAutoScalingConfiguration")]
[OutputType(typeof(AutoScalingConfigurationSummary), typeof(AutoScalingConfiguration))]
public sealed class GetAutoScalingConfigurationCommand : RevisionReadingCommand<AutoScalingConfigurationSummary>
{
    /// <summary>The configurations: names (all active revisions; wildcards allowed), <c>name/revision</c>, ARNs (an ARN without a revision means the latest), or objects with AutoScalingConfigurationArn; or services, for the one that each uses. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AutoScalingConfigurationArn", "AutoScalingConfigurationName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.AutoScalingConfiguration))]
    [ArgumentCompleter(typeof(AutoScalingConfigurationNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[]? AutoScalingConfiguration { get; set; }

    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.AutoScalingConfiguration;

    /// <inheritdoc/>
    private protected override void Process() => Read(AutoScalingConfiguration);

    /// <inheritdoc/>
    private protected override Task ReadPagesAsync(IAppRunnerConnection connection, string? name, Func<IEnumerable<AutoScalingConfigurationSummary>?, Task<bool>> take) => Pages.ReadAsync(
        connection,
        new ListAutoScalingConfigurationsRequest { AutoScalingConfigurationName = name, LatestOnly = Latest.IsPresent, MaxResults = ListAutoScalingConfigurationsRequest.PageLimit },
        page => take(page.AutoScalingConfigurationSummaryList),
        Stopped);

    /// <inheritdoc/>
    private protected override async Task<AutoScalingConfigurationSummary> DescribeAsync(IAppRunnerConnection connection, string arn)
    {
        var request = new DescribeAutoScalingConfigurationRequest { AutoScalingConfigurationArn = arn };
        var response = await connection.SendAsync(request, Stopped).ConfigureAwait(false);
        return RequestSender.RequireResult(response.AutoScalingConfiguration, request, response);
    }
}
