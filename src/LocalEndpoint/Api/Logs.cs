using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>DescribeLogGroups: by name.</summary>
internal sealed class DescribeLogGroupsHandler : ApiHandler<DescribeLogGroupsRequest, DescribeLogGroupsResponse>
{
    /// <inheritdoc/>
    protected override DescribeLogGroupsResponse Handle(DescribeLogGroupsRequest request, HandlerContext context)
    {
        var groups = context.Region.Store<LogStore>().All().Where(group =>
            group.Name.StartsWith(request.LogGroupNamePrefix ?? string.Empty, StringComparison.Ordinal)
            && group.Name.Contains(request.LogGroupNamePattern ?? string.Empty, StringComparison.Ordinal)).ToList();
        var page = context.Page(
            request,
            $"{request.LogGroupNamePrefix}/{request.LogGroupNamePattern}",
            DescribeLogGroupsRequest.PageLimit,
            SortedPages.Of(groups, group => group.Sequence),
            group => group.Show());
        return new DescribeLogGroupsResponse { LogGroups = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>DescribeLogStreams: by name, or by the time of the newest line.</summary>
internal sealed class DescribeLogStreamsHandler : ApiHandler<DescribeLogStreamsRequest, DescribeLogStreamsResponse>
{
    /// <inheritdoc/>
    protected override DescribeLogStreamsResponse Handle(DescribeLogStreamsRequest request, HandlerContext context)
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
            SortedPages.Of(ordered, stream => stream.Number),
            stream => stream.Shown);
        return new DescribeLogStreamsResponse { LogStreams = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>GetLogEvents: one stream, on and back by tokens. Its end is where the token that was sent comes back.</summary>
internal sealed class GetLogEventsHandler : ApiHandler<GetLogEventsRequest, GetLogEventsResponse>
{
    /// <inheritdoc/>
    protected override GetLogEventsResponse Handle(GetLogEventsRequest request, HandlerContext context)
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

/// <summary>FilterLogEvents: the streams of a group together, oldest first.</summary>
internal sealed class FilterLogEventsHandler : ApiHandler<FilterLogEventsRequest, FilterLogEventsResponse>
{
    /// <inheritdoc/>
    protected override FilterLogEventsResponse Handle(FilterLogEventsRequest request, HandlerContext context)
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

/// <summary>The two tokens of GetLogEvents: where to go on, and where to go back.</summary>
/// <param name="context">What the call works on.</param>
/// <param name="group">The group.</param>
/// <param name="stream">The stream.</param>
internal sealed class LogTokens(HandlerContext context, string group, string stream)
{
    private const string ForwardMark = "f/";
    private const string BackwardMark = "b/";

    /// <summary>The token for what comes from a place on.</summary>
    public string Forward(long from) => Write(ForwardMark, from);

    /// <summary>The token for what comes before a place.</summary>
    public string Backward(long before) => Write(BackwardMark, before);

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token; null or empty for none.</param>
    /// <param name="forward">Whether it leads forward; false where it leads back.</param>
    /// <returns>The place; null where there is no token.</returns>
    /// <exception cref="InvalidRequestException">It is none of this stream's.</exception>
    public long? Read(string? token, out bool forward)
    {
        forward = token?.StartsWith(ForwardMark, System.StringComparison.Ordinal) == true;
        if (string.IsNullOrEmpty(token))
            return null;
        var mark = forward ? ForwardMark : BackwardMark;
        return token.StartsWith(mark, System.StringComparison.Ordinal) && context.PageTokens.Read(List(mark), token[mark.Length..]) is { } place
            ? place
            : throw new InvalidRequestException("The specified nextToken is invalid.");
    }

    private string Write(string mark, long place) => mark + context.PageTokens.Write(List(mark), place);

    private string List(string mark) => $"GetLogEvents/{mark}{context.Region.Name}/{group}/{stream}";
}

/// <summary>The simple ones of CloudWatch's filter patterns: terms and quoted phrases, all of which a line must contain, case-sensitively.</summary>
internal static class LogFilter
{
    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern; null or empty lets everything pass.</param>
    /// <returns>Whether a line passes.</returns>
    /// <exception cref="InvalidRequestException">The pattern is of a kind that is not known here, or malformed.</exception>
    public static Func<string, bool> Read(string? pattern)
    {
        var phrases = Phrases(pattern ?? string.Empty).ToArray();
        return line => phrases.All(phrase => line.Contains(phrase, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Phrases(string pattern)
    {
        for (var at = 0; at < pattern.Length; at++)
        {
            if (char.IsWhiteSpace(pattern[at]))
                continue;
            var phrase = new StringBuilder();
            if (pattern[at] == '"')
            {
                for (at++; at < pattern.Length && pattern[at] != '"'; at++)
                {
                    if (pattern[at] == '\\' && at + 1 < pattern.Length)
                        at++;
                    phrase.Append(pattern[at]);
                }

                if (at == pattern.Length)
                    throw new InvalidRequestException("filterPattern: a quotation mark is not closed.");
            }
            else
            {
                for (; at < pattern.Length && !char.IsWhiteSpace(pattern[at]); at++)
                {
                    if (!char.IsLetterOrDigit(pattern[at]) && pattern[at] != '_')
                        throw new InvalidRequestException("filterPattern: the local endpoint knows words of letters, digits and _, and phrases in quotation marks, all of which a line must hold; no ?, -, %, {} or [].");
                    phrase.Append(pattern[at]);
                }
            }

            if (phrase.Length > 0)
                yield return phrase.ToString();
        }
    }
}
