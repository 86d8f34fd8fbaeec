using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>AWS Signature Version 4 for requests with an Authorization header.</summary>
internal static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Computes the expected signature of a request.</summary>
    /// <param name="request">The request, which has all signed headers.</param>
    /// <param name="signedHeaders">The names of the signed headers, in lower case.</param>
    /// <param name="date">The signing time, <c>yyyyMMddTHHmmssZ</c>.</param>
    /// <param name="scope">The credential scope.</param>
    /// <param name="secretKey">The secret key.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    public static string Compute(HttpRequest request, IReadOnlyList<string> signedHeaders, string date, CredentialScope scope, string secretKey)
    {
        var canonical = CanonicalRequest(request, signedHeaders);
        var toSign = $"{Algorithm}\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Sign(Encoding.UTF8.GetBytes("AWS4" + secretKey), scope.Date);
        key = Sign(key, scope.Region);
        key = Sign(key, scope.Service);
        key = Sign(key, CredentialScope.Terminator);
        return Hex(Sign(key, toSign));
    }

    /// <summary>The SHA-256 hash of a body in hexadecimal.</summary>
    public static string Hash(ReadOnlyMemory<byte> body) => Hex(SHA256.HashData(body.Span));

    private static string CanonicalRequest(HttpRequest request, IReadOnlyList<string> signedHeaders)
    {
        var names = signedHeaders.Order(StringComparer.Ordinal).ToArray();
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n');
        text.Append(string.Join('/', request.Path.Split('/').Select(Encode))).Append('\n');
        text.Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (var name in names)
            text.Append(name).Append(':').Append(Collapse(request.Header(name) ?? string.Empty)).Append('\n');
        text.Append('\n').AppendJoin(';', names).Append('\n').Append(Hash(request.Body));
        return text.ToString();
    }

    private static string CanonicalQuery(string query)
    {
        if (query.Length == 0)
            return query;
        var pairs = query.Split('&').Select(pair =>
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            return cut < 0 ? (Name: Recode(pair), Value: string.Empty) : (Name: Recode(pair[..cut]), Value: Recode(pair[(cut + 1)..]));
        });
        return string.Join('&', pairs.OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => pair.Name + "=" + pair.Value));
    }

    // Clients may percent-encode a query in equivalent ways; the canonical request has one of them.
    private static string Recode(string part) => Encode(Uri.UnescapeDataString(part));

    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Collapse(string value)
    {
        if (!value.Contains("  ", StringComparison.Ordinal))
            return value;
        return string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

/// <summary>The credential scope of a signature.</summary>
/// <param name="Date">The UTC day, <c>yyyyMMdd</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Service">The service's signing name.</param>
internal sealed record CredentialScope(string Date, string Region, string Service)
{
    public const string Terminator = "aws4_request";

    /// <inheritdoc/>
    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}

/// <summary>The key pair that requests are signed with. It is valid for one local endpoint only.</summary>
/// <param name="AccessKey">The access key id.</param>
/// <param name="SecretKey">The secret access key.</param>
internal sealed record KeyPair(string AccessKey, string SecretKey)
{
    /// <summary>A random key pair with the lengths of AWS keys: 20 and 40 characters.</summary>
    public static KeyPair Random() => new(
        "AKLOCAL" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 13),
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40));

    /// <inheritdoc/>
    public override string ToString() => AccessKey;
}
