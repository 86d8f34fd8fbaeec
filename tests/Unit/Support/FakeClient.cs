using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Unit.Tests.Support;

/// <summary>A client whose responses come from a function of the request; an exception is thrown. Records the requests.</summary>
internal sealed class FakeClient(Func<AppRunnerRequest, object> respond) : IAppRunnerClient
{
    private readonly ConcurrentQueue<AppRunnerRequest> requests = new();

    public IReadOnlyList<AppRunnerRequest> Requests => [.. requests];

    public int CountOf<T>() => requests.OfType<T>().Count();

    public Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        cancellationToken.ThrowIfCancellationRequested();
        requests.Enqueue(request);
        return respond(request) is var given && given is Exception exception ? Task.FromException<TResponse>(exception) : Task.FromResult((TResponse)given);
    }
}
