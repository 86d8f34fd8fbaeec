using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateService: the name must be unique, and the quota not reached.</summary>
internal sealed class CreateServiceHandler : ApiHandler<CreateServiceRequest, CreateServiceResponse>
{
    /// <inheritdoc/>
    protected override CreateServiceResponse Handle(CreateServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        services.RequireUniqueName(request.ServiceName!);
        services.RequireQuota(context.Endpoint.ServiceQuota);
        var configuration = ServiceSettings.Complete(request, context.Region);
        var service = services.Create(request.ServiceName!, configuration, request.EncryptionConfiguration, request.Tags, context.Now, out var operationId);
        return new CreateServiceResponse { Service = service.ToShape(), OperationId = operationId };
    }
}

/// <summary>DescribeService: also a deleted service, for an hour.</summary>
internal sealed class DescribeServiceHandler : ApiHandler<DescribeServiceRequest, DescribeServiceResponse>
{
    /// <inheritdoc/>
    protected override DescribeServiceResponse Handle(DescribeServiceRequest request, HandlerContext context) =>
        new() { Service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!).ToShape() };
}

/// <summary>ListServices: in creation order.</summary>
internal sealed class ListServicesHandler : ApiHandler<ListServicesRequest, ListServicesResponse>
{
    /// <inheritdoc/>
    protected override ListServicesResponse Handle(ListServicesRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>().Live;
        var page = context.Page(request, string.Empty, ListServicesRequest.PageLimit, services.Page, service => service.ToSummary());
        return new ListServicesResponse { ServiceSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>
/// UpdateService: omitted members keep their values; ObservabilityConfiguration alone is rejected, as on AWS. Allowed for a running service, a paused service (which stays paused) and a service
/// whose creation failed (which is deployed again).
/// </summary>
internal sealed class UpdateServiceHandler : ApiHandler<UpdateServiceRequest, UpdateServiceResponse>
{
    /// <inheritdoc/>
    protected override UpdateServiceResponse Handle(UpdateServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        if ((request.SourceConfiguration ?? request.InstanceConfiguration ?? request.HealthCheckConfiguration ?? request.NetworkConfiguration ?? (object?)request.AutoScalingConfigurationArn) is null)
            throw new InvalidRequestException("No configurations provided in the UpdateService request.");
        ServiceStateRules.RequireStatus(service, "updated", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed);
        var whole = ServiceSettings.Merge(service, request);
        RequestDeserializer.Validate(whole);
        var operationId = services.Begin(service, OperationType.UpdateService, context.Now, ServiceSettings.Complete(whole, context.Region));
        return new UpdateServiceResponse { Service = service.ToShape(), OperationId = operationId };
    }
}

/// <summary>PauseService: stops the instances of a running service.</summary>
internal sealed class PauseServiceHandler : ApiHandler<PauseServiceRequest, PauseServiceResponse>
{
    /// <inheritdoc/>
    protected override PauseServiceResponse Handle(PauseServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.RequireStatus(service, "paused", ServiceStatus.Running);
        var operationId = services.Begin(service, OperationType.PauseService, context.Now);
        return new PauseServiceResponse { Service = service.ToShape(), OperationId = operationId };
    }
}

/// <summary>ResumeService: starts a paused service.</summary>
internal sealed class ResumeServiceHandler : ApiHandler<ResumeServiceRequest, ResumeServiceResponse>
{
    /// <inheritdoc/>
    protected override ResumeServiceResponse Handle(ResumeServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.RequireStatus(service, "resumed", ServiceStatus.Paused);
        var operationId = services.Begin(service, OperationType.ResumeService, context.Now);
        return new ResumeServiceResponse { Service = service.ToShape(), OperationId = operationId };
    }
}

/// <summary>DeleteService: deletes a service and its custom domains; it can be described for another hour.</summary>
internal sealed class DeleteServiceHandler : ApiHandler<DeleteServiceRequest, DeleteServiceResponse>
{
    /// <inheritdoc/>
    protected override DeleteServiceResponse Handle(DeleteServiceRequest request, HandlerContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.RequireStatus(service, "deleted", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed, ServiceStatus.DeleteFailed);
        if (context.Region.Store<VpcIngressConnectionStore>().OfService(service.Arn) is { } connection)
            throw new InvalidStateException($"You cannot delete a Service while it has VpcIngressConnections with a status of {connection.Status}. Service Arn: {service.Arn} VpcIngressConnection Arn: {connection.Arn}");
        var operationId = services.Begin(service, OperationType.DeleteService, context.Now);
        return new DeleteServiceResponse { Service = service.ToShape(), OperationId = operationId };
    }
}

/// <summary>StartDeployment: deploys the newest version of the source. The API does not define InvalidStateException for this operation.</summary>
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

/// <summary>ListOperations: newest first; without MaxResults all stored operations.</summary>
internal sealed class ListOperationsHandler : ApiHandler<ListOperationsRequest, ListOperationsResponse>
{
    /// <inheritdoc/>
    protected override ListOperationsResponse Handle(ListOperationsRequest request, HandlerContext context)
    {
        var service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!);
        var page = context.Page(request, service.Arn, int.MaxValue, service.Operations, operation => service.ToShape(operation, context.Now));
        return new ListOperationsResponse { OperationSummaryList = page.Items, NextToken = page.NextToken };
    }
}
