using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Benchmarks;

/// <summary>Measures requests through the front door, compared with a direct connection to the same server and with YARP.</summary>
internal static class FrontDoor
{
    private const int WarmUps = 3;
    private const int Rounds = 11;
    private const int MebiBytes = 64;

    /// <summary>Measures all rows, or those whose name contains a text.</summary>
    public static async Task RunAsync(string rows = "")
    {
        using var server = await ChildProcess.StartAsync("web-server");
        using var door = await ChildProcess.StartAsync("proxy", Proxies.FrontDoor, server.FirstLine);
        using var yarp = await ChildProcess.StartAsync("proxy", Proxies.Yarp, server.FirstLine);
        var routes = new[] { server, door, yarp }.Select(process => new Uri($"http://127.0.0.1:{process.FirstLine}/")).ToArray();
        var table = new Table("what", "direct", Proxies.FrontDoor, "ratio", Proxies.Yarp, "YARP ratio");

        // A front door runs for hours. Until the JIT compiler has optimized its code, a fifth of its processor time is the compiler's.
        foreach (var route in routes)
            await GetAsync(count: 50_000, width: 32)(route);

        await AddAsync("GET, one after the other", "us", GetAsync(count: 500, width: 1));
        await AddAsync("GET, 32 at once, time for each", "us", GetAsync(count: 4000, width: 32));
        await AddAsync("GET, 32 at once, 99th percentile", "us", GetAsync(count: 4000, width: 32, slowest: true));
        await AddAsync("GET, each on a new connection", "us", GetAsync(count: 300, width: 1, newConnections: true));
        await AddAsync("POST of 10 KiB, one after the other", "us", PostAsync(count: 500, size: 10 * 1024));
        await AddAsync($"upload of {MebiBytes} MiB", "ms", PostAsync(count: 1, size: MebiBytes * 1024 * 1024));
        await AddAsync($"upload of {MebiBytes} MiB in chunks", "ms", PostAsync(count: 1, size: MebiBytes * 1024 * 1024, chunked: true));
        await AddAsync($"download of {MebiBytes} MiB", "ms", DownloadAsync("bytes"));
        await AddAsync($"download of {MebiBytes} MiB in chunks of 4 KiB", "ms", DownloadAsync("chunks"));
        await AddAsync("message to a web socket and back", "us", MessagesAsync(500));
        table.Print();

        async Task AddAsync(string what, string unit, Func<Uri, Task<double>> measure)
        {
            if (!what.Contains(rows, StringComparison.OrdinalIgnoreCase))
                return;

            // Alternating, so that other load of the machine affects all of them; the first rounds warm up.
            var times = routes.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < WarmUps + Rounds; round++)
            {
                for (var route = 0; route < routes.Length; route++)
                {
                    var time = await measure(routes[route]);
                    if (round >= WarmUps)
                        times[route].Add(time);
                }
            }

            var (direct, frontDoor, yarpTime) = (Median(times[0]), Median(times[1]), Median(times[2]));
            table.Add(what, Table.Show(direct, unit), Table.Show(frontDoor, unit), Table.Ratio(frontDoor, direct), Table.Show(yarpTime, unit), Table.Ratio(yarpTime, direct));
        }
    }

    private static Func<Uri, Task<double>> GetAsync(int count, int width, bool newConnections = false, bool slowest = false) => async uri =>
    {
        using var http = Client();
        http.DefaultRequestHeaders.ConnectionClose = newConnections;
        await Parallel.ForAsync(0, width, async (_, cancel) => await http.GetStringAsync(uri, cancel));
        var times = new double[count];
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = width }, async (number, cancel) =>
        {
            var begun = Stopwatch.GetTimestamp();
            await http.GetStringAsync(uri, cancel);
            times[number] = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        });
        return slowest ? times.Order().ElementAt(count * 99 / 100) : Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
    };

    private static Func<Uri, Task<double>> PostAsync(int count, int size, bool chunked = false) => async uri =>
    {
        using var http = Client();
        var body = new byte[size];
        await http.GetStringAsync(uri);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(uri, "count")) { Content = new ByteArrayContent(body) };
            message.Headers.TransferEncodingChunked = chunked;
            using var response = await http.SendAsync(message);
            if (await response.Content.ReadAsStringAsync() != size.ToString(CultureInfo.InvariantCulture))
                throw new InvalidOperationException("The response is incomplete.");
        }

        var time = Stopwatch.GetElapsedTime(started);
        return count == 1 ? time.TotalMilliseconds : time.TotalMicroseconds / count;
    };

    private static Func<Uri, Task<double>> DownloadAsync(string path) => async uri =>
    {
        using var http = Client();
        await http.GetStringAsync(uri);
        var buffer = new byte[64 * 1024];
        var started = Stopwatch.GetTimestamp();
        await using var stream = await http.GetStreamAsync(new Uri(uri, $"{path}/{MebiBytes}"));
        var got = 0L;
        while (await stream.ReadAsync(buffer) is > 0 and var count)
            got += count;
        return got == MebiBytes * 1024L * 1024 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException("The response is incomplete.");
    };

    private static Func<Uri, Task<double>> MessagesAsync(int count) => async uri =>
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(uri) { Scheme = "ws", Path = "/echo" }.Uri, CancellationToken.None);
        var message = new byte[100];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            await socket.ReceiveAsync(message.AsMemory(), CancellationToken.None);
        }

        var time = Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return time;
    };

    private static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false });

    private static double Median(List<double> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
}
