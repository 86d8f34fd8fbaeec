using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>DescribeLogGroups: sorted by name.</summary>
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
            group => group.ToShape());
        return new DescribeLogGroupsResponse { LogGroups = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>DescribeLogStreams: sorted by name, or by the time of the newest event.</summary>
internal sealed class DescribeLogStreamsHandler : ApiHandler<DescribeLogStreamsRequest, DescribeLogStreamsResponse>
{
    /// <inheritdoc/>
    protected override DescribeLogStreamsResponse Handle(DescribeLogStreamsRequest request, HandlerContext context)
    {
        var group = context.Region.Store<LogStore>().Find(request);
        var streams = group.ToStreamShapes().Where(stream => stream.Shape.LogStreamName!.StartsWith(request.LogStreamNamePrefix ?? string.Empty, StringComparison.Ordinal)).OrderBy(stream => stream.Shape.LogStreamName, StringComparer.Ordinal);
        var ordered = (request.OrderBy == LogStreamOrder.LastEventTime ? streams.OrderBy(stream => stream.Shape.LastEventTimestamp) : streams).ToList();
        if (request.Descending == true)
            ordered.Reverse();
        var page = context.Page(
            request,
            $"{group.Name}/{request.LogStreamNamePrefix}/{request.OrderBy}/{request.Descending}",
            DescribeLogStreamsRequest.PageLimit,
            SortedPages.Of(ordered, stream => stream.Number),
            stream => stream.Shape);
        return new DescribeLogStreamsResponse { LogStreams = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>GetLogEvents: reads one stream forward and backward with tokens. At the end the response has the same token as the request.</summary>
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
        var position = tokens.Read(request.NextToken, out var forward);
        var limit = request.Limit ?? GetLogEventsRequest.PageLimit;
        forward = position is null ? request.StartFromHead == true : forward;
        var page = forward
            ? group.Read(stream => stream == name, position ?? 0, request.StartTime ?? 0, limit, IsMatch, out _).ConvertAll(line => line.Event)
            : group.ReadBack(name, position ?? long.MaxValue, limit, IsMatch);

        // An empty page keeps the position, so that the token of the end returns later events.
        var (from, before) = page.Count > 0 ? (page[^1].Sequence + 1, page[0].Sequence) : (position ?? 0, position ?? 0);
        return new GetLogEventsResponse
        {
            Events = page.ConvertAll(line => new OutputLogEvent { Timestamp = line.Timestamp, Message = line.Message, IngestionTime = line.Timestamp }),
            NextForwardToken = tokens.Forward(from),
            NextBackwardToken = tokens.Backward(before),
        };

        bool IsMatch(LogEvent line) => line.Timestamp >= (request.StartTime ?? 0) && line.Timestamp < (request.EndTime ?? long.MaxValue);
    }
}

/// <summary>FilterLogEvents: the events of several streams of a group, oldest first.</summary>
internal sealed class FilterLogEventsHandler : ApiHandler<FilterLogEventsRequest, FilterLogEventsResponse>
{
    /// <inheritdoc/>
    protected override FilterLogEventsResponse Handle(FilterLogEventsRequest request, HandlerContext context)
    {
        var group = context.Region.Store<LogStore>().Find(request);
        if (request.LogStreamNames?.Find(name => !group.Has(name)) is not null)
            throw new ResourceNotFoundException("The specified log stream does not exist.");
        var matches = LogFilter.Read(request.FilterPattern);
        var page = context.Page(
            request,
            $"{group.Name}/{string.Join('/', request.LogStreamNames ?? [])}/{request.LogStreamNamePrefix}/{request.StartTime}/{request.EndTime}/{request.FilterPattern}",
            FilterLogEventsRequest.PageLimit,
            (long? position, int maxResults, out long? next) => group.Read(IsSelected, position ?? 0, request.StartTime ?? 0, maxResults, IsMatch, out next),
            line => new FilteredLogEvent
            {
                LogStreamName = line.Stream,
                Timestamp = line.Event.Timestamp,
                Message = line.Event.Message,
                IngestionTime = line.Event.Timestamp,
                EventId = line.Event.Id,
            });
        return new FilterLogEventsResponse { Events = page.Items, NextToken = page.NextToken };

        bool IsSelected(string stream) => request.LogStreamNames?.Contains(stream) ?? stream.StartsWith(request.LogStreamNamePrefix ?? string.Empty, StringComparison.Ordinal);

        bool IsMatch(LogEvent line) => line.Timestamp <= (request.EndTime ?? long.MaxValue) && matches(line.Message);
    }
}

/// <summary>NextForwardToken and NextBackwardToken of GetLogEvents.</summary>
/// <param name="context">The context of the call.</param>
/// <param name="group">The group.</param>
/// <param name="stream">The stream.</param>
internal sealed class LogTokens(HandlerContext context, string group, string stream)
{
    private const string ForwardPrefix = "f/";
    private const string BackwardPrefix = "b/";

    /// <summary>The token for the events from a position on.</summary>
    public string Forward(long from) => Write(ForwardPrefix, from);

    /// <summary>The token for the events before a position.</summary>
    public string Backward(long before) => Write(BackwardPrefix, before);

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token; null or empty for none.</param>
    /// <param name="forward">True for a forward token, false for a backward token.</param>
    /// <returns>The position; null without a token.</returns>
    /// <exception cref="InvalidRequestException">The token is not valid for this stream.</exception>
    public long? Read(string? token, out bool forward)
    {
        forward = token?.StartsWith(ForwardPrefix, System.StringComparison.Ordinal) == true;
        if (string.IsNullOrEmpty(token))
            return null;
        var prefix = forward ? ForwardPrefix : BackwardPrefix;
        return token.StartsWith(prefix, System.StringComparison.Ordinal) && context.PageTokens.Read(List(prefix), token[prefix.Length..]) is { } position
            ? position
            : throw new InvalidRequestException("The specified nextToken is invalid.");
    }

    private string Write(string prefix, long position) => prefix + context.PageTokens.Write(List(prefix), position);

    private string List(string prefix) => $"GetLogEvents/{prefix}{context.Region.Name}/{group}/{stream}";
}

/// <summary>Unstructured filter patterns of CloudWatch Logs: terms and quoted phrases, all of which an event must contain (case-sensitive).</summary>
internal static class LogFilter
{
    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern; null or empty matches all events.</param>
    /// <returns>A function that tells whether a message matches.</returns>
    /// <exception cref="InvalidRequestException">The pattern is malformed or not supported.</exception>
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
                    throw new InvalidRequestException("filterPattern: a quotation mark is missing at the end of a phrase.");
            }
            else
            {
                for (; at < pattern.Length && !char.IsWhiteSpace(pattern[at]); at++)
                {
                    if (!char.IsLetterOrDigit(pattern[at]) && pattern[at] != '_')
                        throw new InvalidRequestException("filterPattern: the local endpoint supports terms of letters, digits and _, and phrases in quotation marks, all of which an event must contain. It does not support ?, -, %, {} and [].");
                    phrase.Append(pattern[at]);
                }
            }

            if (phrase.Length > 0)
                yield return phrase.ToString();
        }
    }
}
