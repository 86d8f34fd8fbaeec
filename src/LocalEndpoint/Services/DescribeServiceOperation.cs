using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>DescribeService: also of one that is deleted, for a while.</summary>
internal sealed class DescribeServiceOperation : ApiOperation<DescribeServiceRequest, DescribeServiceResponse>
{
    /// <inheritdoc/>
    protected override DescribeServiceResponse Run(DescribeServiceRequest request, OperationContext context) =>
        new() { Service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!).Show() };
}
