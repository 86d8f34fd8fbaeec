using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateService: a name that is not taken, within the quota.</summary>
internal sealed class CreateServiceHandler : ApiHandler<CreateServiceRequest, CreateServiceResponse>
{
    /// <inheritdoc/>
    protected override CreateServiceResponse Handle(CreateServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        services.RequireFree(request.ServiceName!);
        services.RequireRoom(context.Endpoint.ServiceQuota);
        var configuration = ServiceSettings.Complete(request, context.Region);
        var service = services.Create(request.ServiceName!, configuration, request.EncryptionConfiguration, request.Tags, context.Now, out var operationId);
        return new CreateServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}

/// <summary>DescribeService: also of one that is deleted, for a while.</summary>
internal sealed class DescribeServiceHandler : ApiHandler<DescribeServiceRequest, DescribeServiceResponse>
{
    /// <inheritdoc/>
    protected override DescribeServiceResponse Handle(DescribeServiceRequest request, HandlerContext context) =>
        new() { Service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!).Show() };
}

/// <summary>ListServices: in the order of their creation.</summary>
internal sealed class ListServicesHandler : ApiHandler<ListServicesRequest, ListServicesResponse>
{
    /// <inheritdoc/>
    protected override ListServicesResponse Handle(ListServicesRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>().Live;
        var page = context.Page(request, string.Empty, ListServicesRequest.PageLimit, services.Page, service => service.ShowSummary());
        return new ListServicesResponse { ServiceSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>
/// UpdateService: members left out stay as they are. Allowed for a running service, a suspended one (which stays suspended)
/// and one that could not be created (which is built anew).
/// </summary>
internal sealed class UpdateServiceHandler : ApiHandler<UpdateServiceRequest, UpdateServiceResponse>
{
    /// <inheritdoc/>
    protected override UpdateServiceResponse Handle(UpdateServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "updated", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed);
        var whole = ServiceSettings.Merge(service, request);
        RequestDeserializer.Validate(whole);
        var operationId = services.Begin(service, OperationType.UpdateService, context.Now, ServiceSettings.Complete(whole, context.Region));
        return new UpdateServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}

/// <summary>PauseService: a running service lets its instances go.</summary>
internal sealed class PauseServiceHandler : ApiHandler<PauseServiceRequest, PauseServiceResponse>
{
    /// <inheritdoc/>
    protected override PauseServiceResponse Handle(PauseServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "paused", ServiceStatus.Running);
        var operationId = services.Begin(service, OperationType.PauseService, context.Now);
        return new PauseServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}

/// <summary>ResumeService: a suspended service comes back.</summary>
internal sealed class ResumeServiceHandler : ApiHandler<ResumeServiceRequest, ResumeServiceResponse>
{
    /// <inheritdoc/>
    protected override ResumeServiceResponse Handle(ResumeServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "resumed", ServiceStatus.Paused);
        var operationId = services.Begin(service, OperationType.ResumeService, context.Now);
        return new ResumeServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}

/// <summary>DeleteService: a service goes, and its domains with it; it stays describable for a while.</summary>
internal sealed class DeleteServiceHandler : ApiHandler<DeleteServiceRequest, DeleteServiceResponse>
{
    /// <inheritdoc/>
    protected override DeleteServiceResponse Handle(DeleteServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "deleted", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed, ServiceStatus.DeleteFailed);
        if (context.Region.Store<VpcIngressConnectionStore>().OfService(service.Arn) is { } connection)
            throw new InvalidStateException($"You cannot delete a Service while it has VpcIngressConnections with a status of {connection.Status}. Service Arn: {service.Arn} VpcIngressConnection Arn: {connection.Arn}");
        var operationId = services.Begin(service, OperationType.DeleteService, context.Now);
        return new DeleteServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}

/// <summary>StartDeployment: a running service takes its source's newest version. This operation knows no InvalidStateException.</summary>
internal sealed class StartDeploymentHandler : ApiHandler<StartDeploymentRequest, StartDeploymentResponse>
{
    /// <inheritdoc/>
    protected override StartDeploymentResponse Handle(StartDeploymentRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        if (service.Status != ServiceStatus.Running)
            throw new InvalidRequestException($"Can't start a deployment on the specified service, because it isn't in RUNNING state. Its state is {service.Status}.");
        return new StartDeploymentResponse { OperationId = services.Begin(service, OperationType.StartDeployment, context.Now) };
    }
}

/// <summary>ListOperations: newest first; without MaxResults all that are remembered.</summary>
internal sealed class ListOperationsHandler : ApiHandler<ListOperationsRequest, ListOperationsResponse>
{
    /// <inheritdoc/>
    protected override ListOperationsResponse Handle(ListOperationsRequest request, HandlerContext context)
    {
        var service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!);
        var page = context.Page(request, service.Arn, int.MaxValue, service.Operations, operation => service.Show(operation, context.Now));
        return new ListOperationsResponse { OperationSummaryList = page.Items, NextToken = page.NextToken };
    }
}
