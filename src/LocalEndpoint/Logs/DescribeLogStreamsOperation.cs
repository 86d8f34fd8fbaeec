using System;
using System.Linq;
using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>DescribeLogStreams: by name, or by the time of the newest line.</summary>
internal sealed class DescribeLogStreamsOperation : ApiOperation<DescribeLogStreamsRequest, DescribeLogStreamsResponse>
{
    /// <inheritdoc/>
    protected override DescribeLogStreamsResponse Run(DescribeLogStreamsRequest request, OperationContext context)
    {
        var group = context.Region.Store<LogStore>().Find(request);
        var streams = group.ShowStreams().Where(stream => stream.Shown.LogStreamName!.StartsWith(request.LogStreamNamePrefix ?? string.Empty, StringComparison.Ordinal)).OrderBy(stream => stream.Shown.LogStreamName, StringComparer.Ordinal);
        var ordered = (request.OrderBy == LogStreamOrder.LastEventTime ? streams.OrderBy(stream => stream.Shown.LastEventTimestamp) : streams).ToList();
        if (request.Descending == true)
            ordered.Reverse();
        var page = context.Page(
            request,
            $"{group.Name}/{request.LogStreamNamePrefix}/{request.OrderBy}/{request.Descending}",
            DescribeLogStreamsRequest.PageLimit,
            NamePages.Of(ordered, stream => stream.Number),
            stream => stream.Shown);
        return new DescribeLogStreamsResponse { LogStreams = page.Items, NextToken = page.NextToken };
    }
}
