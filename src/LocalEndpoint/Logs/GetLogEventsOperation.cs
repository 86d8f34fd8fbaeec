using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>GetLogEvents: one stream, on and back by tokens. Its end is where the token that was sent comes back.</summary>
internal sealed class GetLogEventsOperation : ApiOperation<GetLogEventsRequest, GetLogEventsResponse>
{
    /// <inheritdoc/>
    protected override GetLogEventsResponse Run(GetLogEventsRequest request, OperationContext context)
    {
        var group = context.Region.Store<LogStore>().Find(request);
        var name = request.LogStreamName!;
        if (!group.Has(name))
            throw new ResourceNotFoundException("The specified log stream does not exist.");
        var tokens = new LogTokens(context, group.Name, name);
        var place = tokens.Read(request.NextToken, out var forward);
        var most = request.Limit ?? GetLogEventsRequest.PageLimit;
        forward = place is null ? request.StartFromHead == true : forward;
        var page = forward
            ? group.Read(stream => stream == name, place ?? 0, request.StartTime ?? 0, most, Passes, out _).ConvertAll(line => line.Event)
            : group.ReadBack(name, place ?? long.MaxValue, most, Passes);

        // Without a line the place stays as it was; from the newest end there may be none yet.
        var (from, before) = page.Count > 0 ? (page[^1].Sequence + 1, page[0].Sequence) : (place ?? 0, place ?? 0);
        return new GetLogEventsResponse
        {
            Events = page.ConvertAll(line => new OutputLogEvent { Timestamp = line.Timestamp, Message = line.Message, IngestionTime = line.Timestamp }),
            NextForwardToken = tokens.Forward(from),
            NextBackwardToken = tokens.Backward(before),
        };

        bool Passes(LogEvent line) => line.Timestamp >= (request.StartTime ?? 0) && line.Timestamp < (request.EndTime ?? long.MaxValue);
    }
}
