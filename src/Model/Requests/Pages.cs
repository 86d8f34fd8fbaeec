using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Reads a list page by page.</summary>
internal static class Pages
{
    /// <summary>Requests one page after the other.</summary>
    /// <typeparam name="TResponse">The page.</typeparam>
    /// <param name="client">The client to call.</param>
    /// <param name="request">The first request; its NextToken is updated.</param>
    /// <param name="onPage">Called with each page; false stops. Awaited before the next page is requested.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that completes when it is done.</returns>
    /// <exception cref="AppRunnerException">A call failed, or the service returned the same page twice.</exception>
    public static async Task ReadAsync<TResponse>(IAppRunnerClient client, AppRunnerRequest<TResponse> request, Func<TResponse, Task<bool>> onPage, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse, IPagedResponse
    {
        var paged = (IPagedRequest)request;
        while (true)
        {
            var page = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!await onPage(page).ConfigureAwait(false) || string.IsNullOrEmpty(page.NextToken))
                return;
            if (page.NextToken == paged.NextToken)
                throw new InternalServiceErrorException($"{request.Operation} returned the same NextToken twice; the list is incomplete.") { RequestId = page.RequestId };
            paged.NextToken = page.NextToken;
        }
    }
}
