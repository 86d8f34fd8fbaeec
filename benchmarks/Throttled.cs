using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;

namespace AppRunner.Benchmarks;

/// <summary>CreateService calls in parallel against a server that lets through a number of requests a second and throttles the others.</summary>
internal static class Throttled
{
    public static async Task RunAsync()
    {
        Console.WriteLine("| Lets through | Burst | Calls | Parallel | Failed | Requests | Seconds | Of what it lets through |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (rate, burst, calls, parallel) in new[] { (5, 5, 60, 16), (5, 1, 60, 16), (5, 20, 60, 16), (2, 5, 40, 16), (20, 20, 200, 16), (20, 20, 200, 64) })
            Console.WriteLine(await MeasureAsync(rate, burst, calls, parallel));
    }

    private static async Task<string> MeasureAsync(int rate, int burst, int calls, int parallel)
    {
        using var server = new HttpListener();
        var url = "http://127.0.0.1:" + FreePort();
        server.Prefixes.Add(url + "/");
        server.Start();
        var bucket = new Bucket(rate, burst);
        var requests = 0;
        var serving = ServeAsync(server, () =>
        {
            Interlocked.Increment(ref requests);
            return bucket.Take();
        });
        using var connection = await new AppRunnerConnector().ConnectAsync(new ConnectionSettings("eu-west-1", null, "AKIDBENCHMARK", "secret", null, url), CancellationToken.None);
        var failed = 0;
        var time = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (number, stop) =>
        {
            try
            {
                await connection.SendAsync(new CreateServiceRequest { ServiceName = "web-" + number.ToString(CultureInfo.InvariantCulture) }, stop);
            }
            catch (AppRunnerServiceException)
            {
                Interlocked.Increment(ref failed);
            }
        });
        var seconds = time.Elapsed.TotalSeconds;
        server.Stop();
        await serving;
        return string.Create(CultureInfo.InvariantCulture, $"| {rate}/s | {burst} | {calls} | {parallel} | {failed} | {requests} | {seconds:0.0} | {(calls - failed) / (burst + (rate * seconds)):P0} |");
    }

    private static async Task ServeAsync(HttpListener server, Func<bool> take)
    {
        try
        {
            while (true)
                _ = RespondAsync(await server.GetContextAsync(), take());
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private static async Task RespondAsync(HttpListenerContext context, bool isLetThrough)
    {
        // The time that App Runner takes to respond.
        await Task.Delay(100);
        var body = Encoding.UTF8.GetBytes(isLetThrough ? """{"Service":{"ServiceName":"web"},"OperationId":"1"}""" : """{"__type":"ThrottlingException","message":"Rate exceeded"}""");
        context.Response.StatusCode = isLetThrough ? 200 : 400;
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

    private sealed class Bucket(double rate, double burst)
    {
        private readonly Lock sync = new();
        private readonly Stopwatch time = Stopwatch.StartNew();
        private double used;
        private TimeSpan at;

        public bool Take()
        {
            lock (sync)
            {
                var now = time.Elapsed;
                used = Math.Max(0, used - ((now - at).TotalSeconds * rate));
                at = now;
                if (used + 1 > burst)
                    return false;
                used++;
                return true;
            }
        }
    }
}
