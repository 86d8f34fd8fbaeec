using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Module.Tests.Support;

/// <summary>
/// A server in front of a local endpoint. It records every request, and a test can replace or delay a request or a
/// response. It signs requests again, because a signature is valid for one host only.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly LocalEndpoint behind;

    public Relay(LocalEndpoint behind)
    {
        this.behind = behind;
        Server = new ScriptedServer(request => (stream, token) => ServeAsync(request, stream, token));
    }

    public ScriptedServer Server { get; }

    /// <summary>Called before a request is forwarded; a step replaces the response, null forwards the request. Arguments: operation, number of earlier requests of it, body.</summary>
    public Func<string, int, string, Task<Step?>> Before { get; set; } = (_, _, _) => Task.FromResult<Step?>(null);

    /// <summary>Called before a response is returned; a step replaces it, null returns it.</summary>
    public Func<string, int, Step?> After { get; set; } = (_, _) => null;

    public IReadOnlyList<string> Operations => Server.Requests.Select(Operation).ToArray();

    public static string Operation(ReceivedRequest request) => request.Headers["X-Amz-Target"].Split('.')[1];

    public int CountOf(string operation) => Operations.Count(name => name == operation);

    /// <summary>The body of the only request of an operation.</summary>
    public JsonObject BodyOf(string operation) => JsonNode.Parse(Server.Requests.Single(request => Operation(request) == operation).Body)!.AsObject();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        http.Dispose();
    }

    private async Task<bool> ServeAsync(ReceivedRequest request, System.Net.Sockets.NetworkStream stream, System.Threading.CancellationToken token)
    {
        var operation = Operation(request);
        var earlier = Server.Requests.TakeWhile(other => !ReferenceEquals(other, request)).Count(other => Operation(other) == operation);
        if (await Before(operation, earlier, request.Body) is { } instead)
            return await instead(stream, token);
        var scope = request.Headers["Authorization"].Split('/');
        var (status, response) = await ForwardAsync(request, scope[2], scope[3]);
        return await (After(operation, earlier) ?? ScriptedServer.Respond(response, status))(stream, token);
    }

    private async Task<(int Status, string Body)> ForwardAsync(ReceivedRequest request, string region, string service)
    {
        var host = new Uri(behind.EndpointUrl).Authority;
        var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var target = request.Headers["X-Amz-Target"];
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var canonical = $"POST\n/\n\nhost:{host}\nx-amz-date:{time}\nx-amz-target:{target}\n\nhost;x-amz-date;x-amz-target\n{Hex(SHA256.HashData(Bytes(request.Body)))}";
        var text = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Bytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Bytes("AWS4" + behind.SecretKey), (current, part) => HMACSHA256.HashData(current, Bytes(part)));
        using var message = new HttpRequestMessage(HttpMethod.Post, behind.EndpointUrl + "/") { Content = new ByteArrayContent(Bytes(request.Body)) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.Headers["Content-Type"]);
        message.Headers.Add("X-Amz-Date", time);
        message.Headers.Add("X-Amz-Target", target);
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={behind.AccessKey}/{scope}, SignedHeaders=host;x-amz-date;x-amz-target, Signature={Hex(HMACSHA256.HashData(key, Bytes(text)))}");
        using var response = await http.SendAsync(message);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
