using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Benchmarks;

/// <summary>
/// Publish-ARService with 200 services in 4 files against a server that takes 50 ms for a response, as a multiple of the time that the same
/// number of bare POSTs takes at the same width.
/// </summary>
internal static class Publish
{
    private const int Services = 200;
    private const int Files = 4;
    private const int Width = 16;
    private static readonly TimeSpan ResponseTime = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync()
    {
        using var server = new HttpListener();
        var url = "http://127.0.0.1:" + FreePort() + "/";
        server.Prefixes.Add(url);
        server.Start();
        var world = new World();
        var serving = ServeAsync(server, world);
        var folder = Directory.CreateTempSubdirectory("apprunner-publish");
        using var engine = new Engine();
        engine.Import();
        engine.Run($"Set-ARContext -Region us-east-1 -AccessKey AKIDBENCHMARK -SecretKey secret -EndpointUrl {url}");
        Console.WriteLine("| Publish-ARService, 200 services in 4 files, width 16 | Requests | Seconds | Bare calls | Ratio | Target |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (what, port) in new[] { ("warm-up", 8000), ("all are created", 8000), ("all are equal", 8000), ("all are updated", 8001) })
        {
            if (what is "all are created")
                world.Clear();
            WriteFiles(folder.FullName, port);
            world.Requests = 0;
            var time = Stopwatch.StartNew();
            engine.Run($"Publish-ARService -Path '{folder.FullName}/*.json' -ThrottleLimit {Width} -WarningAction Ignore | Out-Null");
            var seconds = time.Elapsed.TotalSeconds;
            var requests = world.Requests;
            var bare = await BareAsync(url, requests);
            if (what != "warm-up")
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {requests} | {seconds:0.00} | {bare:0.00} | {seconds / bare:0.00} | at most 1.5 |"));
        }

        server.Stop();
        await serving;
        folder.Delete(recursive: true);
    }

    private static void WriteFiles(string folder, int port)
    {
        foreach (var file in Enumerable.Range(0, Services).GroupBy(number => number % Files))
        {
            File.WriteAllText(
                Path.Combine(folder, $"{file.Key}.json"),
                "[" + string.Join(",", file.Select(number => $$"""{"ServiceName":"web-{{number}}","ImageIdentifier":"public.ecr.aws/nginx/nginx:1","Port":"{{port}}"}""")) + "]");
        }
    }

    private static async Task<double> BareAsync(string url, int calls)
    {
        using var client = new HttpClient();
        var time = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = Width }, async (_, stop) =>
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("{}") };
            message.Headers.Add("X-Amz-Target", "AppRunner.ListServices");
            using var response = await client.SendAsync(message, stop);
            await response.Content.ReadAsByteArrayAsync(stop);
        });
        return time.Elapsed.TotalSeconds;
    }

    private static async Task ServeAsync(HttpListener server, World world)
    {
        try
        {
            while (true)
                _ = RespondAsync(await server.GetContextAsync(), world);
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private static async Task RespondAsync(HttpListenerContext context, World world)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var request = JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject();
        await Task.Delay(ResponseTime);
        var body = Encoding.UTF8.GetBytes(world.Handle(context.Request.Headers["X-Amz-Target"]!.Split('.')[1], request).ToJsonString());
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    // The services by ARN; operations end at once.
    private sealed class World
    {
        private readonly ConcurrentDictionary<string, JsonObject> services = new();
        private int requests;

        public int Requests
        {
            get => requests;
            set => requests = value;
        }

        public void Clear() => services.Clear();

        public JsonObject Handle(string operation, JsonObject request)
        {
            Interlocked.Increment(ref requests);
            switch (operation)
            {
                case "CreateService":
                    var name = (string)request["ServiceName"]!;
                    var created = Make(name, $"arn:aws:apprunner:us-east-1:123456789012:service/{name}/0123456789abcdef0123456789abcdef", request);
                    return Started(services[(string)created["ServiceArn"]!] = created);
                case "UpdateService":
                    var arn = (string)request["ServiceArn"]!;
                    return Started(services[arn] = Make((string)services[arn]["ServiceName"]!, arn, request));
                case "DescribeService":
                    return new JsonObject { ["Service"] = services[(string)request["ServiceArn"]!].DeepClone() };
                default:
                    // All in one page, so that the list is one request.
                    return new JsonObject { ["ServiceSummaryList"] = new JsonArray(services.Values.Select(service => service.DeepClone()).ToArray()) };
            }
        }

        private static JsonObject Make(string name, string arn, JsonObject request) => new()
        {
            ["ServiceName"] = name,
            ["ServiceArn"] = arn,
            ["ServiceId"] = "0123456789abcdef0123456789abcdef",
            ["Status"] = "RUNNING",
            ["SourceConfiguration"] = request["SourceConfiguration"]!.DeepClone(),
        };

        private static JsonObject Started(JsonObject service) => new() { ["Service"] = service.DeepClone(), ["OperationId"] = "0123456789abcdef0123456789abcdef" };
    }
}
