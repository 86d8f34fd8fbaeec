using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;
using AppRunner.Client.Credentials;
using AppRunner.Model;

namespace AppRunner.Client.Calls;

/// <summary>
/// Signs the requests of one client with the SDK's keys and signatures (SigV4). Every request of a JSON service has the same form, so
/// the text to sign is written down here: the SDK's way there, over requests of any form, takes three times as long.
/// </summary>
internal sealed class RequestSigner
{
    // Services take signatures that are off by five minutes; the SDK sees a wrong clock from four on.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    private readonly AWSCredentials credentials;
    private readonly string credentialSource;
    private readonly string service;
    private readonly string region;
    private readonly string host;
    private readonly string path;
    private readonly IClock clock;
    private long correction;

    /// <summary>Makes a signer.</summary>
    /// <param name="credentials">The credentials to sign with.</param>
    /// <param name="credentialSource">Where the credentials come from, for messages.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="region">The region in signatures.</param>
    /// <param name="address">Where the requests go.</param>
    /// <param name="clock">This computer's time.</param>
    public RequestSigner(AWSCredentials credentials, string credentialSource, string service, string region, Uri address, IClock clock)
    {
        this.credentials = credentials;
        this.credentialSource = credentialSource;
        this.service = service;
        this.region = region;
        this.clock = clock;
        host = address.Authority;
        path = AWSSDKUtils.CanonicalizeResourcePathV2(address, null, true, null);
    }

    /// <summary>Gives a request the headers that are signed, and the signature.</summary>
    /// <param name="message">The request.</param>
    /// <param name="call">What it calls.</param>
    /// <returns>The time in the signature.</returns>
    public DateTime Sign(HttpRequestMessage message, JsonCall call)
    {
        var identity = ReadCredentials();
        var now = clock.UtcNow + TimeSpan.FromTicks(Interlocked.Read(ref correction));
        var date = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var target = call.Service.TargetPrefix + "." + call.Operation;
        var headers = message.Headers;
        headers.Host = host;
        headers.TryAddWithoutValidation("X-Amz-Date", date);
        headers.TryAddWithoutValidation("X-Amz-Target", target);
        message.Content!.Headers.TryAddWithoutValidation("Content-Type", call.Service.ContentType);

        var (tokenName, tokenLine) = (string.Empty, string.Empty);
        if (identity.UseToken)
        {
            headers.TryAddWithoutValidation("X-Amz-Security-Token", identity.Token);
            (tokenName, tokenLine) = ("x-amz-security-token;", $"x-amz-security-token:{identity.Token}\n");
        }

        var names = $"content-type;host;x-amz-date;{tokenName}x-amz-target";
        var body = AWSSDKUtils.ToHex(AWS4Signer.ComputeHash(call.Body), lowercase: true);
        var canonical = $"POST\n{path}\n\ncontent-type:{call.Service.ContentType}\nhost:{host}\nx-amz-date:{date}\n{tokenLine}x-amz-target:{target}\n\n{names}\n{body}";
        var signature = AWS4Signer.ComputeSignature(identity.AccessKey, identity.SecretKey, region, now, service, names, canonical);
        headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return now;
    }

    /// <summary>Takes over the service's time where the time in a refused signature was wrong.</summary>
    /// <param name="signedAt">The time in the signature.</param>
    /// <param name="serviceTime">The service's.</param>
    /// <returns>Whether it was wrong.</returns>
    public bool Correct(DateTime signedAt, DateTime serviceTime)
    {
        if ((serviceTime - signedAt).Duration() <= Tolerance)
            return false;
        Interlocked.Exchange(ref correction, (serviceTime - clock.UtcNow).Ticks);
        return true;
    }

    // The SDK reads some credentials anew for each signature: environment variables can be gone by now. Cached ones were refreshed before the call.
    private ImmutableCredentials ReadCredentials()
    {
        try
        {
            return credentials.GetCredentials();
        }
        catch (Exception exception) when (credentials is not CachedCredentials)
        {
            throw CachedCredentials.Failure(credentialSource, null, exception);
        }
    }
}
