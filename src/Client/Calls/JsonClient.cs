using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Util.Internal;
using AppRunner.Client.Settings;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Client.Calls;

/// <summary>
/// A client for the operations of an AWS JSON service. It uses the SDK's credentials, SigV4 functions and lists of error codes, but not the
/// SDK's pipeline, which costs more time than the call itself and retries calls that must not be sent twice.
/// </summary>
/// <remarks>
/// CallAsync:
///  1. After throttled calls, wait for the turn (<see cref="RateLimiter"/>). Build the request and sign it with the current credentials and time.
///  2. Send it and read the whole response, within the rest of the call's time limit.
///  3. A success status: deserialize the body and return it.
///  4. An error status: read the error code and message. If the code indicates clock skew, correct the clock by the Date header.
///  5. A failure for which <see cref="RetryRules"/> allow a retry: wait with exponential back-off and jitter, or for the next turn if the call
///     was throttled, then back to 1. A call that changes state is not repeated if it may have arrived. Otherwise throw the failure.
/// </remarks>
internal sealed class JsonClient : IDisposable
{
    // It contains environment variables, such as AWS_EXECUTION_ENV.
    private static readonly string UserAgent = new(InternalSDKUtils.BuildUserAgentString("AppRunner", typeof(JsonClient).Assembly.GetName().Version!.ToString(3))
        .Where(character => KeyText.IsHeaderValue(character.ToString())).ToArray());

    private readonly Uri address;
    private readonly RequestSigner signer;
    private readonly HttpTransport transport;
    private readonly RetryRules retries;
    private readonly RateLimiter limiter;
    private readonly TimeSpan requestTimeout;
    private readonly IClock clock;

    /// <summary>Creates a client.</summary>
    /// <param name="credentials">The credentials to sign with; available without a call.</param>
    /// <param name="credentialSource">Where the credentials come from, for messages.</param>
    /// <param name="signingName">The signing name of the service.</param>
    /// <param name="region">The signing region.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="options">Time limit, retries and TLS.</param>
    /// <param name="clock">The clock for signatures and retry delays.</param>
    public JsonClient(AWSCredentials credentials, string credentialSource, string signingName, string region, Uri endpoint, ClientOptions options, IClock clock)
    {
        this.clock = clock;
        requestTimeout = options.RequestTimeout;
        retries = options.Retries;
        limiter = new RateLimiter(clock);
        Endpoint = endpoint;
        address = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/");
        signer = new RequestSigner(credentials, credentialSource, signingName, region, address, clock);
        transport = new HttpTransport(endpoint, options);
    }

    /// <summary>The endpoint.</summary>
    public Uri Endpoint { get; }

    /// <summary>Sends a call, with the retries that <see cref="RetryRules"/> allow, and reads the response.</summary>
    /// <typeparam name="T">The response shape of the Model.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response.</returns>
    /// <exception cref="TransportException">There was no response.</exception>
    /// <exception cref="AwsErrorResponseException">The response is not a success.</exception>
    /// <exception cref="UnreadableResponseException">The body of a success response cannot be read.</exception>
    public async Task<JsonResponse<T>> CallAsync<T>(JsonCall call, CancellationToken cancellationToken)
        where T : class
    {
        // The sum of attempts and delays is limited. The time until the call's turn is not: it shows that the service responds.
        var remaining = requestTimeout;
        while (true)
        {
            var sentAt = await limiter.WaitAsync(call.Attempts > 0, cancellationToken).ConfigureAwait(false);
            call.Attempts++;
            var elapsed = Stopwatch.StartNew();
            try
            {
                var response = await AttemptAsync<T>(call, remaining, cancellationToken).ConfigureAwait(false);
                limiter.Succeeded(sentAt);
                return response;
            }
            catch (Exception failure) when (ShouldRetry(call, failure, sentAt))
            {
                remaining -= elapsed.Elapsed;
                var delay = RetryRules.IsThrottling(failure) ? TimeSpan.Zero : retries.DelayAfter(call.Attempts);
                remaining -= delay;

                // With less than the time to connect, a next attempt could not show that it was never sent.
                if (remaining <= TimeSpan.Zero || (failure is TransportException { NeverSent: true } && remaining < transport.ConnectTimeout))
                    throw;
                await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => transport.Dispose();

    // Every response tells the limiter whether the service throttles, and the call what may have happened.
    private bool ShouldRetry(JsonCall call, Exception failure, DateTime sentAt)
    {
        if (RetryRules.IsThrottling(failure))
        {
            limiter.Throttled(sentAt);
        }
        else if (failure is AwsErrorResponseException response)
        {
            call.MayHaveTakenEffect |= call.ChangesState && response.Status >= 500;
            limiter.Succeeded(sentAt);
        }

        return retries.ShouldRetry(call, failure, limiter.IsProgressing);
    }

    private async Task<JsonResponse<T>> AttemptAsync<T>(JsonCall call, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(call.Body) };
        message.Headers.ExpectContinue = false;
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);

        // Every attempt is signed: temporary credentials may have been refreshed, and signatures expire.
        var signedAt = signer.Sign(message, call);
        using var response = await transport.SendAsync(message, timeout, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess)
            throw AwsErrorResponseException.Read(response, time => signer.CorrectClock(signedAt, time));
        try
        {
            return new JsonResponse<T>(WireJson.ReadResponse<T>(response.Body), response.RequestId, response.ServerTime);
        }
        catch (JsonException unreadable)
        {
            throw new UnreadableResponseException(response, unreadable);
        }
    }
}

/// <summary>How a client sends its calls.</summary>
/// <param name="RequestTimeout">The time limit of a call: its attempts and the delays between them.</param>
/// <param name="Retries">Which calls are retried.</param>
/// <param name="RootCertificates">The only trusted root certificates; null for those of the system.</param>
internal sealed record ClientOptions(TimeSpan RequestTimeout, RetryRules Retries, CertificateBundle? RootCertificates)
{
    /// <summary>The handler of its requests; null for a handler over the network.</summary>
    public HttpMessageHandler? Handler { get; init; }
}

/// <summary>One call of an operation.</summary>
internal sealed class JsonCall(JsonService service, string operation, byte[] body, bool changesState)
{
    public JsonService Service { get; } = service;

    public string Operation { get; } = operation;

    public byte[] Body { get; } = body;

    /// <summary>Whether it changes state, so that it must not be sent twice.</summary>
    public bool ChangesState { get; } = changesState;

    /// <summary>The number of attempts.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether an attempt that changes state had a 5xx response: it may have taken effect in spite of it.</summary>
    public bool MayHaveTakenEffect { get; set; }
}

/// <summary>A successful response.</summary>
/// <typeparam name="T">The response shape of the Model.</typeparam>
internal sealed record JsonResponse<T>(T Shape, string? RequestId, DateTime? ServerTime)
    where T : class;

/// <summary>The clients of the services that a connection calls, created at their first call.</summary>
/// <param name="make">Creates a client.</param>
internal sealed class JsonClients(Func<JsonService, JsonClient> make) : IDisposable
{
    // An exception is not cached: the environment may be corrected in the meantime.
    private readonly ConcurrentDictionary<JsonService, Lazy<JsonClient>> clients = new();

    /// <summary>The client of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The client.</returns>
    public JsonClient Of(JsonService service) =>
        clients.GetOrAdd(service, key => new Lazy<JsonClient>(() => make(key), LazyThreadSafetyMode.PublicationOnly)).Value;

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            if (client.IsValueCreated)
                client.Value.Dispose();
        }
    }
}
