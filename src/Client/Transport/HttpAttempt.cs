using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AppRunner.Client.Transport;

/// <summary>One sending of a request, up to the last byte of its answer.</summary>
internal sealed class HttpAttempt : IHttpRequest<HttpContent>
{
    private readonly HttpClient client;
    private readonly TimeSpan timeout;
    private readonly HttpRequestMessage message;

    public HttpAttempt(HttpClient client, Uri requestUri, TimeSpan timeout)
    {
        this.client = client;
        this.timeout = timeout;
        message = new HttpRequestMessage(HttpMethod.Post, requestUri);
    }

    public string Method
    {
        get => message.Method.Method;
        set => message.Method = value == "POST" ? HttpMethod.Post : new HttpMethod(value);
    }

    public Uri RequestUri => message.RequestUri!;

    public Version HttpProtocolVersion
    {
        get => message.Version;
        set => message.Version = value;
    }

    public void ConfigureRequest(IRequestContext requestContext) => message.Headers.ExpectContinue = false;

    public void SetRequestHeaders(IDictionary<string, string> headers)
    {
        foreach (var header in headers)
        {
            if (!header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    public HttpContent GetRequestContent() => message.Content!;

    public Task<HttpContent> GetRequestContentAsync() => Task.FromResult(message.Content!);

    public void WriteToRequestBody(HttpContent requestContent, byte[] content, IDictionary<string, string> contentHeaders)
    {
        message.Content = new ByteArrayContent(content);
        message.Content.Headers.TryAddWithoutValidation("Content-Type", contentHeaders["Content-Type"]);
    }

#if NETFRAMEWORK
    public Task<HttpContent> GetRequestContentAsync(CancellationToken cancellationToken) => GetRequestContentAsync();

    public Task WriteToRequestBodyAsync(HttpContent requestContent, byte[] requestData, IDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        WriteToRequestBody(requestContent, requestData, headers);
        return Task.CompletedTask;
    }

    public Task WriteToRequestBodyAsync(HttpContent requestContent, Stream contentStream, IDictionary<string, string> contentHeaders, IRequestContext requestContext) => throw new NotSupportedException();
#else
    public void WriteToRequestBody(HttpContent requestContent, ReadOnlyMemory<byte> content, IDictionary<string, string> contentHeaders) => throw new NotSupportedException();
#endif

    public void WriteToRequestBody(HttpContent requestContent, Stream contentStream, IDictionary<string, string> contentHeaders, IRequestContext requestContext) => throw new NotSupportedException();

    public IHttpRequestStreamHandle SetupHttpRequestStreamPublisher(IDictionary<string, string> contentHeaders, IHttpRequestStreamPublisher publisher) => throw new NotSupportedException();

    public Stream SetupProgressListeners(Stream originalStream, long progressUpdateInterval, object sender, EventHandler<StreamTransferProgressArgs> callback) => throw new NotSupportedException();

    public IWebResponseData GetResponse() => throw new NotSupportedException();

    public async Task<IWebResponseData> GetResponseAsync(CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(timeout);
        BufferedAnswer answer;
        try
        {
            // With the whole body: the limits of time and size then hold for it too.
            var response = await SendAsync(attempt.Token).ConfigureAwait(false);
#pragma warning disable CA2016 // It is in memory already.
            answer = new BufferedAnswer(response, await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
#pragma warning restore CA2016
        }
        catch (Exception exception)
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            throw Failure(exception, timedOut: attempt.IsCancellationRequested);
        }

        return answer.IsSuccessStatusCode ? answer : throw new HttpErrorResponseException(answer);
    }

    public void Abort()
    {
    }

    public void Dispose() => message.Dispose();

#if NETFRAMEWORK
    // There the token does not end the reading of a body, so that is left behind.
    private async Task<HttpResponseMessage> SendAsync(CancellationToken token)
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
    private Task<HttpResponseMessage> SendAsync(CancellationToken token) => client.SendAsync(message, HttpCompletionOption.ResponseContentRead, token);
#endif

    private TransportException Failure(Exception exception, bool timedOut)
    {
        var address = RequestUri.GetLeftPart(UriPartial.Authority);
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
