using System;
using System.Linq;
using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>DescribeLogGroups: by name.</summary>
internal sealed class DescribeLogGroupsOperation : ApiOperation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>
{
    /// <inheritdoc/>
    protected override DescribeLogGroupsResponse Run(DescribeLogGroupsRequest request, OperationContext context)
    {
        var groups = context.Region.Store<LogStore>().All().Where(group =>
            group.Name.StartsWith(request.LogGroupNamePrefix ?? string.Empty, StringComparison.Ordinal)
            && group.Name.Contains(request.LogGroupNamePattern ?? string.Empty, StringComparison.Ordinal)).ToList();
        var page = context.Page(
            request,
            $"{request.LogGroupNamePrefix}/{request.LogGroupNamePattern}",
            DescribeLogGroupsRequest.PageLimit,
            NamePages.Of(groups, group => group.Sequence),
            group => group.Show());
        return new DescribeLogGroupsResponse { LogGroups = page.Items, NextToken = page.NextToken };
    }
}
