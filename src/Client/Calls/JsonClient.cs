using System;
using System.Collections.Concurrent;
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
///  1. Build the request and sign it with the current credentials and time.
///  2. Send it and read the whole response, within the time limit of one attempt.
///  3. A success status: deserialize the body and return it.
///  4. An error status: read the error code and message. If the code indicates clock skew, correct the clock by the Date header.
///  5. A failure for which <see cref="RetryRules"/> allow a retry: wait with exponential back-off and jitter, then back to 1. A call that
///     changes state is not repeated if it may have arrived. Otherwise throw the failure.
/// </remarks>
internal sealed class JsonClient : IDisposable
{
    private static readonly string UserAgent = InternalSDKUtils.BuildUserAgentString("AppRunner", typeof(JsonClient).Assembly.GetName().Version!.ToString(3));

    private readonly Uri address;
    private readonly RequestSigner signer;
    private readonly HttpTransport transport;
    private readonly RetryRules retries = new();
    private readonly IClock clock;

    /// <summary>Creates a client.</summary>
    /// <param name="credentials">The credentials to sign with; available without a call.</param>
    /// <param name="credentialSource">Where the credentials come from, for messages.</param>
    /// <param name="signingName">The signing name of the service.</param>
    /// <param name="region">The signing region.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="callTimeout">The time limit of one attempt.</param>
    /// <param name="clock">The clock for signatures and retry delays.</param>
    public JsonClient(AWSCredentials credentials, string credentialSource, string signingName, string region, Uri endpoint, TimeSpan callTimeout, IClock clock)
    {
        this.clock = clock;
        Endpoint = endpoint;
        address = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/");
        signer = new RequestSigner(credentials, credentialSource, signingName, region, address, clock);
        transport = new HttpTransport(callTimeout);
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
        while (true)
        {
            call.Attempts++;
            try
            {
                return await AttemptAsync<T>(call, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (RetryRules.ShouldRetry(call, failure))
            {
                await clock.Delay(retries.DelayAfter(call.Attempts), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => transport.Dispose();

    private async Task<JsonResponse<T>> AttemptAsync<T>(JsonCall call, CancellationToken cancellationToken)
        where T : class
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(call.Body) };
        message.Headers.ExpectContinue = false;
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);

        // Every attempt is signed: temporary credentials may have been refreshed, and signatures expire.
        var signedAt = signer.Sign(message, call);
        using var response = await transport.SendAsync(message, cancellationToken).ConfigureAwait(false);
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
}

/// <summary>A successful response.</summary>
/// <typeparam name="T">The response shape of the Model.</typeparam>
internal readonly record struct JsonResponse<T>(T Shape, string? RequestId, DateTime? ServerTime)
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
