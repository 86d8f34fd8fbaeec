using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>The handler of one operation that can be called. A class derived from the generic form is all that a new one takes: <see cref="HandlerTable"/> finds it.</summary>
internal abstract class ApiHandler
{
    /// <summary>The X-Amz-Target that calls it, such as <c>AppRunner.CreateService</c>.</summary>
    public abstract string Target { get; }

    /// <summary>The shape of its request.</summary>
    public abstract Type RequestType { get; }

    /// <summary>Handles a request. The caller must hold the region's lock, so a handler must not wait for anything.</summary>
    /// <param name="request">A request that has passed its rules; it belongs to the handler from now on.</param>
    /// <param name="context">What it works on.</param>
    /// <returns>A response that no later request changes.</returns>
    /// <exception cref="AppRunnerServiceException">It is refused.</exception>
    public abstract AppRunnerResponse Handle(object request, HandlerContext context);
}

/// <summary>A handler with typed request and response.</summary>
/// <typeparam name="TRequest">The request's shape; it knows the operation's name.</typeparam>
/// <typeparam name="TResponse">The response's shape.</typeparam>
internal abstract class ApiHandler<TRequest, TResponse> : ApiHandler
    where TRequest : AppRunnerRequest<TResponse>, new()
    where TResponse : AppRunnerResponse
{
    /// <inheritdoc/>
    public sealed override string Target { get; } = TargetOf(new TRequest());

    /// <inheritdoc/>
    public sealed override Type RequestType => typeof(TRequest);

    /// <inheritdoc/>
    public sealed override AppRunnerResponse Handle(object request, HandlerContext context) => Handle((TRequest)request, context);

    /// <inheritdoc cref="ApiHandler.Handle"/>
    protected abstract TResponse Handle(TRequest request, HandlerContext context);

    private static string TargetOf(TRequest request) => request.TargetPrefix + "." + request.Operation;
}

/// <summary>The one dispatch table: every handler of this assembly by its X-Amz-Target.</summary>
internal static class HandlerTable
{
    private static readonly Dictionary<string, ApiHandler> ByTarget = typeof(ApiHandler).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ApiHandler)))
        .Select(type => (ApiHandler)Activator.CreateInstance(type)!)
        .ToDictionary(handler => handler.Target, StringComparer.Ordinal);

    /// <summary>The handler of the operation that a request asks for; null where there is none.</summary>
    public static ApiHandler? Find(string? target) => target is not null && ByTarget.TryGetValue(target, out var handler) ? handler : null;
}

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
