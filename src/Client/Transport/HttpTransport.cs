using System;
using System.Net.Http;
using System.Threading;
using Amazon.Runtime;

namespace AppRunner.Client.Transport;

/// <summary>
/// The pipeline's way to the network: one <see cref="HttpClient"/> per connection, the same code for both editions of PowerShell.
/// The SDK's own ways do not bound the reading of a body, and report failures differently per edition.
/// </summary>
internal sealed class HttpTransport : IHttpRequestFactory<HttpContent>
{
    // Bulk cmdlets send up to this many requests at once, and Windows PowerShell would otherwise allow two connections.
    private const int ParallelCalls = 256;

    // App Runner's largest answers are some 100 kB; what is larger than this comes from somewhere else.
    private const long LargestBody = 64 * 1024 * 1024;
#if !NETFRAMEWORK
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);
#endif

    private readonly HttpClient client;
    private readonly TimeSpan timeout;

    public HttpTransport(TimeSpan timeout)
    {
        this.timeout = timeout;
#if NETFRAMEWORK
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = ParallelCalls,
            SslProtocols = System.Security.Authentication.SslProtocols.Tls12,
            UseCookies = false,
        };
#else
        var half = TimeSpan.FromTicks(timeout.Ticks / 2);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = ParallelCalls,
            ConnectTimeout = half < LongestConnect ? half : LongestConnect,
            UseCookies = false,

            // No trace headers: they cost time, and the service does not want them.
            ActivityHeadersPropagator = null,
        };
#endif

        // Each attempt bounds itself, its body included.
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestBody };
    }

    public IHttpRequest<HttpContent> CreateHttpRequest(Uri requestUri) => new HttpAttempt(client, requestUri, timeout);

    public void Dispose() => client.Dispose();
}
