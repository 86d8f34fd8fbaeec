using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Util.Internal;
using AppRunner.Client.Transport;
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

    /// <summary>Sends a call, again where <see cref="RetryRules"/> allow, and reads the answer.</summary>
    /// <typeparam name="T">The Model's response shape.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="TransportException">There was no answer.</exception>
    /// <exception cref="ErrorAnswerException">The answer is not a success.</exception>
    /// <exception cref="UnreadableAnswerException">The answer says success, and nothing else that can be read.</exception>
    public async Task<JsonAnswer<T>> CallAsync<T>(JsonCall call, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            call.Attempts++;
            try
            {
                return await AttemptAsync<T>(call, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (RetryRules.MayPass(call, failure))
            {
                await clock.Delay(retries.Pause(call.Attempts), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => transport.Dispose();

    private async Task<JsonAnswer<T>> AttemptAsync<T>(JsonCall call, CancellationToken cancellationToken)
        where T : class
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(call.Body) };
        message.Headers.ExpectContinue = false;
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);

        // Anew for each attempt: temporary credentials may have been renewed in the pause, and a signature ages.
        var signedAt = signer.Sign(message, call);
        using var answer = await transport.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
            throw ErrorAnswerException.Read(answer, time => signer.Correct(signedAt, time));
        try
        {
            return new JsonAnswer<T>(WireJson.ReadResponse<T>(answer.Body), answer.RequestId, answer.ServerTime);
        }
        catch (Exception unreadable)
        {
            throw new UnreadableAnswerException(answer, unreadable);
        }
    }
}
