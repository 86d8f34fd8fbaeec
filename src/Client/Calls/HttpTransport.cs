using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Client.Calls;

/// <summary>
/// The way to the network: one <see cref="HttpClient"/> per connection, the same code for both editions of PowerShell. The SDK's own
/// ways do not bound the reading of a body, and report failures differently per edition.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    // Bulk cmdlets send up to this many requests at once, and Windows PowerShell would otherwise allow two connections.
    private const int ParallelCalls = 256;

    // App Runner's largest responses are some 100 kB; what is larger than this comes from somewhere else.
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

    /// <summary>Sends a request once, and reads its response to the last byte.</summary>
    /// <param name="message">The request.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>The response, of whatever status.</returns>
    /// <exception cref="TransportException">There was none.</exception>
    public async Task<BufferedResponse> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(timeout);
        try
        {
            // With the whole body: the limits of time and size then hold for it too.
            var response = await ReceiveAsync(message, attempt.Token).ConfigureAwait(false);
#pragma warning disable CA2016 // It is in memory already.
            return new BufferedResponse(response, await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
#pragma warning restore CA2016
        }
        catch (Exception exception) when (exception is not ObjectDisposedException || attempt.IsCancellationRequested)
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            throw Failure(exception, message.RequestUri!, timedOut: attempt.IsCancellationRequested);
        }
    }

    public void Dispose() => client.Dispose();

#if NETFRAMEWORK
    // There the token does not end the reading of a body, so that is left behind.
    private async Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage message, CancellationToken token)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = token.Register(() => ended.TrySetResult(true));
        var sending = client.SendAsync(message, HttpCompletionOption.ResponseContentRead, token);
        if (await Task.WhenAny(sending, ended.Task).ConfigureAwait(false) == sending)
            return await sending.ConfigureAwait(false);
        _ = sending.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw new OperationCanceledException(token);
    }
#else
    private Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage message, CancellationToken token) => client.SendAsync(message, HttpCompletionOption.ResponseContentRead, token);
#endif

    private TransportException Failure(Exception exception, Uri uri, bool timedOut)
    {
        var address = uri.GetLeftPart(UriPartial.Authority);
        if (timedOut)
            return new TransportException($"No complete answer from {address} within {timeout.TotalSeconds:0.###} s.", neverSent: false, exception);
        var cause = exception.GetBaseException().Message;
        return NeverSent(exception)
            ? new TransportException($"No connection to {address}: {cause}", neverSent: true, exception)
            : new TransportException($"No complete answer from {address}: {cause}", neverSent: false, exception);
    }

    private static bool NeverSent(Exception exception) => exception switch
    {
#if NETFRAMEWORK
        HttpRequestException { InnerException: System.Net.WebException failure } => failure.Status is System.Net.WebExceptionStatus.NameResolutionFailure
            or System.Net.WebExceptionStatus.ProxyNameResolutionFailure or System.Net.WebExceptionStatus.ConnectFailure
            or System.Net.WebExceptionStatus.TrustFailure or System.Net.WebExceptionStatus.SecureChannelFailure,
#else
        HttpRequestException failure => failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,

        // Neither the caller nor the attempt's time limit: the limit for connecting.
        OperationCanceledException { InnerException: TimeoutException } => true,
#endif
        _ => false,
    };
}

/// <summary>A response, read to its end.</summary>
internal sealed class BufferedResponse(HttpResponseMessage message, byte[] body) : IDisposable
{
    public byte[] Body { get; } = body;

    public int Status => (int)message.StatusCode;

    public bool IsSuccess => message.IsSuccessStatusCode;

    public string? RequestId => Header("x-amzn-RequestId");

    public DateTime? ServerTime => message.Headers.Date?.UtcDateTime;

    public string? ContentType => message.Content?.Headers.ContentType?.MediaType;

    /// <summary>The first value of a header, null where it is absent or empty.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value.</returns>
    public string? Header(string name) => message.Headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    public void Dispose() => message.Dispose();
}

/// <summary>No response: no connection, or one that broke or fell silent.</summary>
internal sealed class TransportException(string message, bool neverSent, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the request surely never left.</summary>
    public bool NeverSent { get; } = neverSent;
}
