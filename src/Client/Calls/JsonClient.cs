using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Util.Internal;
using AppRunner.Client.Settings;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Client.Calls;

/// <summary>
/// A client for any operation of a JSON service. Credentials, signatures and the tables of error codes are the SDK's. Its pipeline is
/// not used: what that does beside these costs more than the call itself, and it sends where a call must not be sent again.
/// </summary>
internal sealed class JsonClient : IDisposable
{
    private static readonly string UserAgent = InternalSDKUtils.BuildUserAgentString("AppRunner", typeof(JsonClient).Assembly.GetName().Version!.ToString(3));

    private readonly Uri address;
    private readonly RequestSigner signer;
    private readonly HttpTransport transport;
    private readonly RetryRules retries = new();
    private readonly IClock clock;

    /// <summary>Makes a client.</summary>
    /// <param name="credentials">Whom to sign as; they are at hand, or are held.</param>
    /// <param name="signingName">The service's name in signatures.</param>
    /// <param name="region">The region in signatures.</param>
    /// <param name="endpoint">Where to send.</param>
    /// <param name="callTimeout">Longest time for one attempt.</param>
    /// <param name="clock">The time of the signatures, and of the pauses between attempts.</param>
    public JsonClient(AWSCredentials credentials, string signingName, string region, Uri endpoint, TimeSpan callTimeout, IClock clock)
    {
        this.clock = clock;
        Endpoint = endpoint;
        address = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/");
        signer = new RequestSigner(credentials, signingName, region, address, clock);
        transport = new HttpTransport(callTimeout);
    }

    /// <summary>Where it sends.</summary>
    public Uri Endpoint { get; }

    /// <summary>Sends a call, again where <see cref="RetryRules"/> allow, and reads the response.</summary>
    /// <typeparam name="T">The Model's response shape.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>The response.</returns>
    /// <exception cref="TransportException">There was no response.</exception>
    /// <exception cref="AwsErrorResponseException">The response is not a success.</exception>
    /// <exception cref="UnreadableResponseException">The response says success, and nothing else that can be read.</exception>
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
                await clock.Delay(retries.Pause(call.Attempts), cancellationToken).ConfigureAwait(false);
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

        // Anew for each attempt: temporary credentials may have been renewed in the pause, and a signature ages.
        var signedAt = signer.Sign(message, call);
        using var response = await transport.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess)
            throw AwsErrorResponseException.Read(response, time => signer.Correct(signedAt, time));
        try
        {
            return new JsonResponse<T>(WireJson.ReadResponse<T>(response.Body), response.RequestId, response.ServerTime);
        }
        catch (Exception unreadable)
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

    /// <summary>Whether sending it a second time could do harm.</summary>
    public bool ChangesState { get; } = changesState;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }
}

/// <summary>A successful response.</summary>
/// <typeparam name="T">The Model's response shape.</typeparam>
internal readonly record struct JsonResponse<T>(T Shape, string? RequestId, DateTime? ServerTime)
    where T : class;

/// <summary>The clients of the services that a connection calls, each made at its first call.</summary>
/// <param name="make">Makes one.</param>
internal sealed class JsonClients(Func<JsonService, JsonClient> make) : IDisposable
{
    // A failure is thrown again, but not kept: settings in the environment may be mended.
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
