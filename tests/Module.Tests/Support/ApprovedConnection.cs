using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using AppRunner.Model;

namespace AppRunner.Module.Tests.Support;

/// <summary>A connection of a local endpoint whose handshake is completed.</summary>
internal static class ApprovedConnection
{
    /// <summary>Makes it, past the cmdlets.</summary>
    /// <returns>Its ARN.</returns>
    public static string In(LocalEndpoint endpoint)
    {
        var body = Encoding.UTF8.GetBytes("""{"ConnectionName":"github","ProviderType":"GITHUB"}""");
        var date = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>
        {
            ["Host"] = $"127.0.0.1:{endpoint.Port}",
            ["X-Amz-Date"] = date,
            ["X-Amz-Target"] = "AppRunner.CreateConnection",
            ["Content-Type"] = "application/x-amz-json-1.0",
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.EndpointUrl + "/") { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization", RequestSigner.Authorization("POST", string.Empty, headers, body, date, endpoint.Region, "apprunner", endpoint.AccessKey, endpoint.SecretKey));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = http.Send(request).EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(answer.Content.ReadAsStream());
        var arn = document.RootElement.GetProperty("Connection").GetProperty("ConnectionArn").GetString()!;
        endpoint.ApproveConnection(arn);
        return arn;
    }
}
