using System;
using System.Linq;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>What one call works on.</summary>
/// <param name="Region">The world of the region that the request was signed for.</param>
/// <param name="Endpoint">What all regions share.</param>
/// <param name="PageTokens">The tokens of paged lists.</param>
/// <param name="Now">The time of the call; one for the whole of it.</param>
internal sealed record HandlerContext(Region Region, EndpointState Endpoint, PageTokens PageTokens, DateTime Now)
{
    /// <summary>The page of a list that a request asks for.</summary>
    /// <typeparam name="T">The entries as they are kept.</typeparam>
    /// <typeparam name="TShown">The entries as the API shows them.</typeparam>
    /// <param name="request">The request; its token must be of the same list.</param>
    /// <param name="selection">What selects the entries, such as a name that they must have; empty where nothing does.</param>
    /// <param name="most">Most entries where the request does not say.</param>
    /// <param name="source">The list.</param>
    /// <param name="show">From an entry as it is kept to the API's.</param>
    /// <exception cref="InvalidRequestException">The token is none of this list.</exception>
    public Page<TShown> Page<T, TShown>(IPagedRequest request, string selection, int most, PageSource<T> source, Func<T, TShown> show)
    {
        var list = $"{((AppRunnerRequest)request).Operation}/{Region.Name}/{selection}";
        var entries = source(PageTokens.Read(list, request.NextToken), request.MaxResults ?? most, out var rest);
        return new Page<TShown>(entries.Select(show).ToList(), rest is { } position ? PageTokens.Write(list, position) : null);
    }
}
