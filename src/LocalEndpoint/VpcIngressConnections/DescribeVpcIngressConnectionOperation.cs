using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcIngressConnections;

/// <summary>DescribeVpcIngressConnection: also of one that is deleted, for a while.</summary>
internal sealed class DescribeVpcIngressConnectionOperation : ApiOperation<DescribeVpcIngressConnectionRequest, DescribeVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override DescribeVpcIngressConnectionResponse Run(DescribeVpcIngressConnectionRequest request, OperationContext context) =>
        new() { VpcIngressConnection = context.Region.Store<VpcIngressConnectionStore>().Find(request.VpcIngressConnectionArn!).Show() };
}
