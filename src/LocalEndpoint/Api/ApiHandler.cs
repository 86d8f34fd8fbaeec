using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>The handler of one API operation. To add an operation, derive a class from the generic form: <see cref="HandlerTable"/> finds it.</summary>
internal abstract class ApiHandler
{
    /// <summary>The X-Amz-Target header of the operation, such as <c>AppRunner.CreateService</c>.</summary>
    public abstract string Target { get; }

    /// <summary>The type of its request.</summary>
    public abstract Type RequestType { get; }

    /// <summary>Handles a request. The caller must hold the region's lock, so a handler must not block.</summary>
    /// <param name="request">A validated request; the handler may keep it.</param>
    /// <param name="context">The context of the call.</param>
    /// <returns>A response that later requests do not modify.</returns>
    /// <exception cref="AppRunnerServiceException">The request is rejected.</exception>
    public abstract AppRunnerResponse Handle(object request, HandlerContext context);
}

/// <summary>A handler with typed request and response.</summary>
/// <typeparam name="TRequest">The request type, which has the operation's name.</typeparam>
/// <typeparam name="TResponse">The response type.</typeparam>
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

/// <summary>The dispatch table: all handlers of this assembly, by X-Amz-Target.</summary>
internal static class HandlerTable
{
    private static readonly Dictionary<string, ApiHandler> ByTarget = typeof(ApiHandler).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ApiHandler)))
        .Select(type => (ApiHandler)Activator.CreateInstance(type)!)
        .ToDictionary(handler => handler.Target, StringComparer.Ordinal);

    /// <summary>The handler for an X-Amz-Target header; null if the operation is unknown.</summary>
    public static ApiHandler? Find(string? target) => target is not null && ByTarget.TryGetValue(target, out var handler) ? handler : null;
}

/// <summary>The context of one call.</summary>
/// <param name="Region">The state of the region that the request was signed for.</param>
/// <param name="Endpoint">The state that all regions share.</param>
/// <param name="PageTokens">Reads and writes NextToken.</param>
/// <param name="Now">The time of the call, read once.</param>
internal sealed record HandlerContext(Region Region, EndpointState Endpoint, PageTokens PageTokens, DateTime Now)
{
    /// <summary>Returns the requested page of a list.</summary>
    /// <typeparam name="T">The stored entries.</typeparam>
    /// <typeparam name="TShape">The API's type for the entries.</typeparam>
    /// <param name="request">The request; its NextToken must be from the same list.</param>
    /// <param name="selection">The filter of the list, such as a name; empty without one.</param>
    /// <param name="maxResults">The page size if the request has no MaxResults.</param>
    /// <param name="source">The list.</param>
    /// <param name="toShape">Converts a stored entry into the API's type.</param>
    /// <exception cref="InvalidRequestException">The NextToken is not valid for this list.</exception>
    public Page<TShape> Page<T, TShape>(IPagedRequest request, string selection, int maxResults, PageSource<T> source, Func<T, TShape> toShape)
    {
        var list = $"{((AppRunnerRequest)request).Operation}/{Region.Name}/{selection}";
        var entries = source(PageTokens.Read(list, request.NextToken), request.MaxResults ?? maxResults, out var next);
        return new Page<TShape>(entries.Select(toShape).ToList(), next is { } position ? PageTokens.Write(list, position) : null);
    }
}
