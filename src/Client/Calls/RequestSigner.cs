using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;
using AppRunner.Client.Credentials;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Calls;

/// <summary>
/// Signs the requests of one client (SigV4) with the SDK's hash and signature functions. All requests of a JSON service have the same
/// form, so the canonical request is built here: the SDK's general code takes three times as long.
/// </summary>
internal sealed class RequestSigner
{
    // Services accept a clock skew of five minutes; the SDK corrects the clock from four minutes on.
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(4);

    private readonly AWSCredentials credentials;
    private readonly string credentialSource;
    private readonly string service;
    private readonly string region;
    private readonly string host;
    private readonly string path;
    private readonly IClock clock;
    private long clockOffset;

    /// <summary>Creates a signer.</summary>
    /// <param name="credentials">The credentials to sign with.</param>
    /// <param name="credentialSource">Where the credentials come from, for messages.</param>
    /// <param name="service">The signing name of the service.</param>
    /// <param name="region">The signing region.</param>
    /// <param name="address">The URL of the requests.</param>
    /// <param name="clock">The clock.</param>
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

    /// <summary>Adds the signed headers and the signature to a request.</summary>
    /// <param name="message">The request.</param>
    /// <param name="call">The call.</param>
    /// <returns>The time of the signature.</returns>
    public DateTime Sign(HttpRequestMessage message, JsonCall call)
    {
        var identity = ReadCredentials();
        var now = clock.UtcNow + TimeSpan.FromTicks(Interlocked.Read(ref clockOffset));
        var date = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var target = call.Service.TargetPrefix + "." + call.Operation;
        var headers = message.Headers;
        headers.Host = host;
        headers.TryAddWithoutValidation("X-Amz-Date", date);
        headers.TryAddWithoutValidation("X-Amz-Target", target);
        if (call.Service.IsQueryCompatible)
            headers.TryAddWithoutValidation("x-amzn-query-mode", "true");
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

    /// <summary>Corrects the clock skew if the time of a refused signature was wrong.</summary>
    /// <param name="signedAt">The time of the signature.</param>
    /// <param name="serviceTime">The service's time.</param>
    /// <returns>Whether the time was wrong.</returns>
    public bool CorrectClock(DateTime signedAt, DateTime serviceTime)
    {
        if ((serviceTime - signedAt).Duration() <= MaxClockSkew)
            return false;
        Interlocked.Exchange(ref clockOffset, (serviceTime - clock.UtcNow).Ticks);
        return true;
    }

    // The SDK reads some credentials for each signature: environment variables may have been removed or changed. Cached ones were refreshed
    // before the call.
    private ImmutableCredentials ReadCredentials()
    {
        if (credentials is CachedCredentials)
            return credentials.GetCredentials();
        try
        {
            var keys = LookupException.Guard(credentials.GetCredentials);
            return KeyText.ProblemOf(keys.AccessKey, keys.SecretKey, keys.Token) is { } problem ? throw new LookupException(problem) : keys;
        }
        catch (LookupException exception)
        {
            throw CachedCredentials.CreateException(credentialSource, null, exception);
        }
    }
}
