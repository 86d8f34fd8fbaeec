using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateAutoScalingConfiguration: a new name, or the next revision of one that exists.</summary>
internal sealed class CreateAutoScalingConfigurationHandler : ApiHandler<CreateAutoScalingConfigurationRequest, CreateAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override CreateAutoScalingConfigurationResponse Handle(CreateAutoScalingConfigurationRequest request, HandlerContext context) =>
        new() { AutoScalingConfiguration = context.Region.Store<AutoScalingConfigurationStore>().Create(request, context.Now).ToShape() };
}

/// <summary>DescribeAutoScalingConfiguration: a deleted one is found by its full ARN for an hour.</summary>
internal sealed class DescribeAutoScalingConfigurationHandler : ApiHandler<DescribeAutoScalingConfigurationRequest, DescribeAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DescribeAutoScalingConfigurationResponse Handle(DescribeAutoScalingConfigurationRequest request, HandlerContext context) =>
        new() { AutoScalingConfiguration = context.Region.Store<AutoScalingConfigurationStore>().Find(request.AutoScalingConfigurationArn!).ToShape() };
}

/// <summary>ListAutoScalingConfigurations: active ones in creation order; by default only the latest revision of each name.</summary>
internal sealed class ListAutoScalingConfigurationsHandler : ApiHandler<ListAutoScalingConfigurationsRequest, ListAutoScalingConfigurationsResponse>
{
    /// <inheritdoc/>
    protected override ListAutoScalingConfigurationsResponse Handle(ListAutoScalingConfigurationsRequest request, HandlerContext context)
    {
        var latestOnly = Defaults.Fill(request).LatestOnly == true;
        var configurations = context.Region.Store<AutoScalingConfigurationStore>().Select(request.AutoScalingConfigurationName, latestOnly);
        var page = context.Page(request, $"{request.AutoScalingConfigurationName}/{latestOnly}", ListAutoScalingConfigurationsRequest.PageLimit, configurations.Page, configuration => configuration.ToSummary());
        return new ListAutoScalingConfigurationsResponse { AutoScalingConfigurationSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>ListServicesForAutoScalingConfiguration: in creation order of the services.</summary>
internal sealed class ListServicesForAutoScalingConfigurationHandler : ApiHandler<ListServicesForAutoScalingConfigurationRequest, ListServicesForAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override ListServicesForAutoScalingConfigurationResponse Handle(ListServicesForAutoScalingConfigurationRequest request, HandlerContext context)
    {
        var configuration = context.Region.Store<AutoScalingConfigurationStore>().FindLive(request.AutoScalingConfigurationArn!);
        var page = context.Page(request, configuration.Arn, ListServicesForAutoScalingConfigurationRequest.PageLimit, configuration.Services.Page, service => service.Arn);
        return new ListServicesForAutoScalingConfigurationResponse { ServiceArnList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>UpdateDefaultAutoScalingConfiguration: new services without an AutoScalingConfigurationArn use it from now on.</summary>
internal sealed class UpdateDefaultAutoScalingConfigurationHandler : ApiHandler<UpdateDefaultAutoScalingConfigurationRequest, UpdateDefaultAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override UpdateDefaultAutoScalingConfigurationResponse Handle(UpdateDefaultAutoScalingConfigurationRequest request, HandlerContext context)
    {
        var store = context.Region.Store<AutoScalingConfigurationStore>();
        var configuration = store.FindLive(request.AutoScalingConfigurationArn!);
        store.MakeDefault(configuration);
        return new UpdateDefaultAutoScalingConfigurationResponse { AutoScalingConfiguration = configuration.ToShape() };
    }
}

/// <summary>DeleteAutoScalingConfiguration: the latest revision of a name, one revision, or all revisions of a name. The response contains the latest.</summary>
internal sealed class DeleteAutoScalingConfigurationHandler : ApiHandler<DeleteAutoScalingConfigurationRequest, DeleteAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DeleteAutoScalingConfigurationResponse Handle(DeleteAutoScalingConfigurationRequest request, HandlerContext context)
    {
        var store = context.Region.Store<AutoScalingConfigurationStore>();
        var configuration = store.Find(request.AutoScalingConfigurationArn!);
        if (configuration.DeletedAt is not null)
            throw new InvalidRequestException("The auto scaling configuration you specified has been deleted");
        var all = Defaults.Fill(request).DeleteAllRevisions == true;
        if (all && !(Arn.TryParse(request.AutoScalingConfigurationArn, out var arn) && arn.ResourcePath == configuration.Name))
            throw new InvalidRequestException($"With DeleteAllRevisions the ARN must end with the configuration's name: {request.AutoScalingConfigurationArn}");
        store.Delete(all ? store.Revisions(configuration.Name).ToArray() : [configuration], context.Now);
        return new DeleteAutoScalingConfigurationResponse { AutoScalingConfiguration = configuration.ToShape() };
    }
}
