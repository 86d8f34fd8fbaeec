using System;
using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>FilterLogEvents: the streams of a group together, oldest first.</summary>
internal sealed class FilterLogEventsOperation : ApiOperation<FilterLogEventsRequest, FilterLogEventsResponse>
{
    /// <inheritdoc/>
    protected override FilterLogEventsResponse Run(FilterLogEventsRequest request, OperationContext context)
    {
        var group = context.Region.Store<LogStore>().Find(request);
        if (request.LogStreamNames?.Find(name => !group.Has(name)) is not null)
            throw new ResourceNotFoundException("The specified log stream does not exist.");
        var holds = LogFilter.Read(request.FilterPattern);
        var page = context.Page(
            request,
            $"{group.Name}/{string.Join('/', request.LogStreamNames ?? [])}/{request.LogStreamNamePrefix}/{request.StartTime}/{request.EndTime}/{request.FilterPattern}",
            FilterLogEventsRequest.PageLimit,
            (long? position, int most, out long? rest) => group.Read(Chosen, position ?? 0, request.StartTime ?? 0, most, Passes, out rest),
            line => new FilteredLogEvent
            {
                LogStreamName = line.Stream,
                Timestamp = line.Event.Timestamp,
                Message = line.Event.Message,
                IngestionTime = line.Event.Timestamp,
                EventId = line.Event.Id,
            });
        return new FilterLogEventsResponse { Events = page.Items, NextToken = page.NextToken };

        bool Chosen(string stream) => request.LogStreamNames?.Contains(stream) ?? stream.StartsWith(request.LogStreamNamePrefix ?? string.Empty, StringComparison.Ordinal);

        bool Passes(LogEvent line) => line.Timestamp <= (request.EndTime ?? long.MaxValue) && holds(line.Message);
    }
}
