using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.Clients;

namespace AppRunner.Conformance.Tests.JavaScript;

/// <summary>The AWS SDK for JavaScript in its own process (client.mjs), which Dispose ends.</summary>
internal sealed class JavaScriptClient : IOutsideClient
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;

    public JavaScriptClient(NodePackages packages, Model.LocalEndpoint endpoint)
    {
        var start = new ProcessStartInfo(packages.Node, [Path.Combine(NodePackages.Sources, "client.mjs"), packages.Folder, endpoint.EndpointUrl])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Tool.Export(start, endpoint, Path.Combine(packages.Folder, "no-such-file"));
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
    }

    public async Task<Reply> CallAsync(string operation, JsonObject input)
    {
        await process.StandardInput.WriteLineAsync(new JsonObject { ["operation"] = operation, ["input"] = input.DeepClone() }.ToJsonString());
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit) ?? throw new InvalidOperationException("client.mjs ended: " + await errors);
        var response = JsonNode.Parse(line)!.AsObject();
        var body = response["raw"]?.GetValue<string>() is { } raw ? JsonNode.Parse(raw)!.AsObject() : null;
        if (response["error"] is not JsonObject error)
            return new Reply(response["output"]!.AsObject(), null, body);
        var (status, fault) = (response["status"]?.GetValue<int>(), error["fault"]?.GetValue<string>());
        var complete = error["documented"]!.GetValue<bool>() && response["requestId"] is not null && (status, fault) is (400, "client") or (500, "server");
        return new Reply(null, new ReplyError(error["name"]!.GetValue<string>(), error["message"]!.GetValue<string>(), complete), body);
    }

    public bool IsTime(JsonNode value) => value is JsonObject { Count: 1 } date && date["$date"]?.GetValueKind() == System.Text.Json.JsonValueKind.Number;

    public async ValueTask DisposeAsync()
    {
        // The script ends at the end of its standard input.
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
