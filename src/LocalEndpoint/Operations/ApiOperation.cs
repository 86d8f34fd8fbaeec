using System;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Operations;

/// <summary>One operation that can be called. A class derived from the generic form is all that a new one takes: <see cref="OperationTable"/> finds it.</summary>
internal abstract class ApiOperation
{
    /// <summary>The X-Amz-Target that calls it, such as <c>AppRunner.CreateService</c>.</summary>
    public abstract string Target { get; }

    /// <summary>The shape of its request.</summary>
    public abstract Type RequestType { get; }

    /// <summary>Runs it. The region is locked meanwhile, so it must not wait for anything.</summary>
    /// <param name="request">A request that has passed its rules; it belongs to the operation from now on.</param>
    /// <param name="context">What it works on.</param>
    /// <returns>An answer that no later operation changes.</returns>
    /// <exception cref="AppRunnerServiceException">It is refused.</exception>
    public abstract AppRunnerResponse Run(object request, OperationContext context);
}

/// <summary>An operation with typed request and response.</summary>
/// <typeparam name="TRequest">The request's shape; it knows the operation's name.</typeparam>
/// <typeparam name="TResponse">The response's shape.</typeparam>
internal abstract class ApiOperation<TRequest, TResponse> : ApiOperation
    where TRequest : AppRunnerRequest<TResponse>, new()
    where TResponse : AppRunnerResponse
{
    /// <inheritdoc/>
    public sealed override string Target { get; } = TargetOf(new TRequest());

    /// <inheritdoc/>
    public sealed override Type RequestType => typeof(TRequest);

    /// <inheritdoc/>
    public sealed override AppRunnerResponse Run(object request, OperationContext context) => Run((TRequest)request, context);

    /// <inheritdoc cref="ApiOperation.Run"/>
    protected abstract TResponse Run(TRequest request, OperationContext context);

    private static string TargetOf(TRequest request) => request.TargetPrefix + "." + request.Operation;
}
