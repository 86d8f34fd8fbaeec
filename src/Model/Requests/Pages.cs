using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Reads a response page by page, the next one only after the last one was taken.</summary>
internal static class Pages
{
    /// <summary>Asks for one page after the other.</summary>
    /// <typeparam name="TResponse">The page.</typeparam>
    /// <param name="client">Where to ask.</param>
    /// <param name="request">The first request; its NextToken is moved on.</param>
    /// <param name="take">Takes a page; false ends the reading. The next page is not asked for before it is done.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task for the end.</returns>
    /// <exception cref="AppRunnerException">A call failed, or the service repeats a page for ever.</exception>
    public static async Task ReadAsync<TResponse>(IAppRunnerClient client, AppRunnerRequest<TResponse> request, Func<TResponse, Task<bool>> take, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse, IPagedResponse
    {
        var paged = (IPagedRequest)request;
        while (true)
        {
            var page = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!await take(page).ConfigureAwait(false) || string.IsNullOrEmpty(page.NextToken))
                return;
            if (page.NextToken == paged.NextToken)
                throw new InternalServiceErrorException($"{request.Operation} returned the same NextToken twice; the list is incomplete.") { RequestId = page.RequestId };
            paged.NextToken = page.NextToken;
        }
    }
}
