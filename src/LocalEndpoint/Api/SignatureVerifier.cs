using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AppRunner.LocalEndpoint.Http;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>Verifies that a request was signed with the endpoint's key pair, within the last 15 minutes, for the API that it calls.</summary>
/// <param name="keys">The key pair.</param>
/// <param name="clock">The clock that clients sign with: the system clock.</param>
internal sealed class SignatureVerifier(KeyPair keys, IClock clock)
{
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    // If these were not signed, a captured signature could be used for another time, operation or server.
    private static readonly string[] MustBeSigned = ["host", "x-amz-date", "x-amz-target"];

    /// <summary>Verifies a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="service">The expected signing name.</param>
    /// <returns>The region that it was signed for.</returns>
    /// <exception cref="AppRunnerServiceException">The signature is missing or not valid.</exception>
    public string Verify(HttpRequest request, string service)
    {
        if (request.Header("Authorization") is not { Length: > 0 } header)
            throw Refused("MissingAuthenticationTokenException", "Missing Authentication Token");
        if (AuthorizationHeader.Parse(header, out var error) is not { } authorization)
            throw Refused("IncompleteSignatureException", error);
        if (authorization.AccessKey != keys.AccessKey)
            throw Refused("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (request.Header("X-Amz-Security-Token") is not null)
            throw Refused("UnrecognizedClientException", "The security token included in the request is invalid: the local endpoint's keys do not have a session token.");

        var scope = authorization.Scope;
        if (scope.Service != service)
            throw Refused("InvalidSignatureException", $"Credential should be scoped to correct service: '{service}'.");
        if (!RegionName.IsValid(scope.Region))
            throw Refused("InvalidSignatureException", "Credential should be scoped to a valid region.");
        var date = CheckDate(request, scope);
        CheckSignedHeaders(request, authorization);
        CheckBody(request);

        var expected = SignatureV4.Compute(request, authorization.SignedHeaders, date, scope, keys.SecretKey);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(authorization.Signature)))
            throw Refused("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
        return scope.Region;
    }

    private string CheckDate(HttpRequest request, CredentialScope scope)
    {
        var text = request.Header("X-Amz-Date");
        if (text is null || !DateTime.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var signed))
            throw Refused("IncompleteSignatureException", "Authorization header requires existence of an 'X-Amz-Date' header of the form YYYYMMDDTHHMMSSZ.");
        if (!text.StartsWith(scope.Date + "T", StringComparison.Ordinal))
            throw Refused("InvalidSignatureException", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.");
        var now = clock.UtcNow;
        if (signed < now - Tolerance)
            throw Refused("InvalidSignatureException", $"Signature expired: {text} is now earlier than {Format(now - Tolerance)} ({Format(now)} - 15 min.)");
        if (signed > now + Tolerance)
            throw Refused("InvalidSignatureException", $"Signature not yet current: {text} is still later than {Format(now + Tolerance)} ({Format(now)} + 15 min.)");
        return text;
    }

    private static void CheckSignedHeaders(HttpRequest request, AuthorizationHeader authorization)
    {
        foreach (var name in MustBeSigned)
        {
            if (request.Header(name) is not null && !authorization.SignedHeaders.Contains(name, StringComparer.Ordinal))
                throw Refused("InvalidSignatureException", $"'{name}' must be a 'SignedHeader' in the AWS Authorization.");
        }

        foreach (var name in authorization.SignedHeaders)
        {
            if (name.Length == 0 || name.Any(char.IsAsciiLetterUpper) || request.Header(name) is null)
                throw Refused("InvalidSignatureException", "A header that SignedHeaders names is not in the request.");
        }
    }

    private static void CheckBody(HttpRequest request)
    {
        // The signature covers the actual hash of the body. A header with another hash gets its own error, which is easier to understand.
        if (request.Header("X-Amz-Content-Sha256") is { } claimed && !string.Equals(claimed, SignatureV4.Hash(request.Body), StringComparison.OrdinalIgnoreCase))
            throw Refused("InvalidSignatureException", "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    private static string Format(DateTime time) => time.ToString(DateFormat, CultureInfo.InvariantCulture);

    private static AppRunnerServiceException Refused(string code, string message) => ServiceErrors.Create(code, message, 403, requestId: null);
}

/// <summary>A parsed Authorization header of Signature Version 4.</summary>
internal sealed record AuthorizationHeader(string AccessKey, CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature)
{
    /// <summary>Parses a header.</summary>
    /// <returns>Null if it is malformed; <paramref name="error"/> then tells why.</returns>
    public static AuthorizationHeader? Parse(string header, out string error)
    {
        error = string.Empty;
        if (!header.StartsWith(SignatureV4.Algorithm + " ", StringComparison.Ordinal))
        {
            error = $"Authorization header requires the algorithm {SignatureV4.Algorithm}.";
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[(SignatureV4.Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || !parts.TryAdd(part[..cut], part[(cut + 1)..]))
            {
                error = "Authorization header is malformed.";
                return null;
            }
        }

        foreach (var name in new[] { "Credential", "SignedHeaders", "Signature" })
        {
            if (!parts.TryGetValue(name, out var value) || value.Length == 0)
            {
                error = $"Authorization header requires '{name}' parameter.";
                return null;
            }
        }

        var credential = parts["Credential"].Split('/');
        if (credential.Length != 5 || credential[4] != CredentialScope.Terminator || credential.Any(piece => piece.Length == 0))
        {
            error = "Credential must have the form KEY/DATE/REGION/SERVICE/" + CredentialScope.Terminator + ".";
            return null;
        }

        return new AuthorizationHeader(
            credential[0],
            new CredentialScope(credential[1], credential[2], credential[3]),
            parts["SignedHeaders"].Split(';'),
            parts["Signature"]);
    }
}
