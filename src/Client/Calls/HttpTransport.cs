using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Calls;

/// <summary>
/// Sends HTTP requests with one <see cref="HttpClient"/> per connection, with the same code for both editions of PowerShell. The SDK's HTTP
/// clients do not limit the time to read a body, and report failures differently in each edition.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    // App Runner's largest responses have about 100 kB; a larger one is not from App Runner.
    private const long MaxBodySize = 64 * 1024 * 1024;

    private readonly HttpClient client;
    private readonly TimeSpan requestTimeout;
    private volatile bool disposed;

    /// <summary>Creates a transport.</summary>
    /// <param name="endpoint">The endpoint of all requests.</param>
    /// <param name="options">Time limit and TLS.</param>
    public HttpTransport(Uri endpoint, ClientOptions options)
    {
        requestTimeout = options.RequestTimeout;
        var half = TimeSpan.FromTicks(options.RequestTimeout.Ticks / 2);
        ConnectTimeout = half < HttpHandlers.MaxConnectTimeout ? half : HttpHandlers.MaxConnectTimeout;
        var handler = options.Handler ?? HttpHandlers.Create(endpoint, options.RootCertificates, ConnectTimeout);

        // SendAsync has its own time limit, which includes the body.
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxBodySize };
    }

    /// <summary>The time limit of a connection attempt. A failure within it proves that the request was not sent.</summary>
    public TimeSpan ConnectTimeout { get; }

    /// <summary>Sends a request once and reads the whole response.</summary>
    /// <param name="message">The request.</param>
    /// <param name="timeout">The time limit, which includes the body of the response.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The response, with any status.</returns>
    /// <exception cref="TransportException">There was no complete response.</exception>
    public async Task<BufferedResponse> SendAsync(HttpRequestMessage message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(timeout);
        try
        {
            // Reads the whole body, so that the limits of time and size apply to it.
            var response = await ReceiveAsync(message, attempt.Token).ConfigureAwait(false);
#pragma warning disable CA2016 // The body is already in memory.
            return new BufferedResponse(response, await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
#pragma warning restore CA2016
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException || attempt.IsCancellationRequested || disposed)
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            throw CreateException(exception, message.RequestUri!, timedOut: attempt.IsCancellationRequested);
        }
    }

    public void Dispose()
    {
        disposed = true;
        client.Dispose();
    }

#if NETFRAMEWORK
    // In .NET Framework the token does not cancel the reading of a body, so that is abandoned.
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

    private TransportException CreateException(Exception exception, Uri uri, bool timedOut)
    {
        var address = uri.GetLeftPart(UriPartial.Authority);
        var cause = FailureText.WithoutPasswords(exception);
        if (timedOut)
        {
            // The time includes earlier attempts of the call.
            return new TransportException($"No complete response from {address} within {requestTimeout.TotalSeconds:0.###} s.", neverSent: false, cause)
            {
                Advice = "Check the network, the proxy and -EndpointUrl. If the server is slow, use a longer -RequestTimeout.",
            };
        }

        if (disposed)
            return new TransportException($"The connection to {address} was closed during the request.", neverSent: false, cause);
        var text = FailureText.OfNetwork(exception);
        var neverSent = NeverSent(exception);
        return new TransportException($"{(neverSent ? "Cannot connect to" : "No complete response from")} {address}: {text}.", neverSent, cause)
        {
            Advice = FailureText.IsUntrustedRoot(exception)
                ? "If a proxy or firewall replaces certificates, set AWS_CA_BUNDLE, or ca_bundle in the profile, to a PEM file with its root certificate."
                : null,
        };
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

        // Not cancelled by the caller or the attempt's time limit, so ConnectTimeout has elapsed.
        OperationCanceledException { InnerException: TimeoutException } => true,
#endif
        _ => false,
    };
}

/// <summary>A response whose body was read.</summary>
internal sealed class BufferedResponse(HttpResponseMessage message, byte[] body) : IDisposable
{
    public byte[] Body { get; } = body;

    public int Status => (int)message.StatusCode;

    public Uri? Address => message.RequestMessage?.RequestUri;

    public bool IsSuccess => message.IsSuccessStatusCode;

    public string? RequestId => Header("x-amzn-RequestId");

    public DateTime? ServerTime => message.Headers.Date?.UtcDateTime;

    public string? ContentType => message.Content?.Headers.ContentType?.MediaType;

    /// <summary>The first value of a header, null if it is absent or empty.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value.</returns>
    public string? Header(string name) => message.Headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    public void Dispose() => message.Dispose();
}

/// <summary>No response: the connection failed, was closed or timed out.</summary>
internal sealed class TransportException(string message, bool neverSent, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the request was certainly not sent.</summary>
    public bool NeverSent { get; } = neverSent;

    /// <summary>What to do; null for the general advice.</summary>
    public string? Advice { get; init; }
}
