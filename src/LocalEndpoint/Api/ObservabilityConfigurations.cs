using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateObservabilityConfiguration: a new name, or the next revision of one that exists.</summary>
internal sealed class CreateObservabilityConfigurationHandler : ApiHandler<CreateObservabilityConfigurationRequest, CreateObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    protected override CreateObservabilityConfigurationResponse Handle(CreateObservabilityConfigurationRequest request, HandlerContext context) =>
        new() { ObservabilityConfiguration = context.Region.Store<ObservabilityConfigurationStore>().Create(request, context.Now).ToShape() };
}

/// <summary>DescribeObservabilityConfiguration: a deleted one is found by its full ARN for an hour.</summary>
internal sealed class DescribeObservabilityConfigurationHandler : ApiHandler<DescribeObservabilityConfigurationRequest, DescribeObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DescribeObservabilityConfigurationResponse Handle(DescribeObservabilityConfigurationRequest request, HandlerContext context) =>
        new() { ObservabilityConfiguration = context.Region.Store<ObservabilityConfigurationStore>().Find(request.ObservabilityConfigurationArn!).ToShape() };
}

/// <summary>ListObservabilityConfigurations: active ones in creation order; by default only the latest revision of each name.</summary>
internal sealed class ListObservabilityConfigurationsHandler : ApiHandler<ListObservabilityConfigurationsRequest, ListObservabilityConfigurationsResponse>
{
    /// <inheritdoc/>
    protected override ListObservabilityConfigurationsResponse Handle(ListObservabilityConfigurationsRequest request, HandlerContext context)
    {
        var latestOnly = Defaults.Fill(request).LatestOnly == true;
        var configurations = context.Region.Store<ObservabilityConfigurationStore>().Select(request.ObservabilityConfigurationName, latestOnly);
        var page = context.Page(request, $"{request.ObservabilityConfigurationName}/{latestOnly}", ListObservabilityConfigurationsRequest.PageLimit, configurations.Page, configuration => configuration.ToSummary());
        return new ListObservabilityConfigurationsResponse { ObservabilityConfigurationSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>DeleteObservabilityConfiguration: the latest revision of a name, or one revision.</summary>
internal sealed class DeleteObservabilityConfigurationHandler : ApiHandler<DeleteObservabilityConfigurationRequest, DeleteObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DeleteObservabilityConfigurationResponse Handle(DeleteObservabilityConfigurationRequest request, HandlerContext context)
    {
        var store = context.Region.Store<ObservabilityConfigurationStore>();
        var configuration = store.FindLive(request.ObservabilityConfigurationArn!);
        store.Delete(configuration, context.Now);
        return new DeleteObservabilityConfigurationResponse { ObservabilityConfiguration = configuration.ToShape() };
    }
}
