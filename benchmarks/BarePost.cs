using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Benchmarks;

/// <summary>The baseline of the calls: the same POST with HttpClient alone, signed in advance, its response read and discarded.</summary>
internal sealed class BarePost
{
    private const string ContentType = "application/x-amz-json-1.0";

    private readonly Uri uri;
    private readonly byte[] body;
    private readonly string target;
    private readonly string date;
    private readonly string authorization;

    public BarePost(ServerAddress server, AppRunnerRequest request)
    {
        uri = new Uri(server.EndpointUrl);
        body = WireJson.Write(request);
        target = "AppRunner." + request.Operation;
        date = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        authorization = Sign(server);
    }

    /// <summary>Gives the POST to a script.</summary>
    public void Export(IDictionary<string, string?> environment)
    {
        environment["BARE_URL"] = uri.AbsoluteUri;
        environment["BARE_BODY"] = Encoding.UTF8.GetString(body);
        environment["BARE_TARGET"] = target;
        environment["BARE_DATE"] = date;
        environment["BARE_AUTHORIZATION"] = authorization;
    }

    public async Task SendAsync(HttpClient client)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        message.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        message.Headers.TryAddWithoutValidation("X-Amz-Date", date);
        message.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await client.SendAsync(message);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private string Sign(ServerAddress server)
    {
        const string Signed = "content-type;host;x-amz-date;x-amz-target";
        var canonical = $"POST\n/\n\ncontent-type:{ContentType}\nhost:{uri.Authority}\nx-amz-date:{date}\nx-amz-target:{target}\n\n{Signed}\n{Hex(SHA256.HashData(body))}";
        var scope = $"{date[..8]}/{server.Region}/apprunner/aws4_request";
        var key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + server.SecretKey), date[..8]), server.Region), "apprunner"), "aws4_request");
        var signature = Hex(Hmac(key, $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}"));
        return $"AWS4-HMAC-SHA256 Credential={server.AccessKey}/{scope}, SignedHeaders={Signed}, Signature={signature}";
    }
}
