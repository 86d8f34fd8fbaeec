using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

namespace AppRunner.Benchmarks;

/// <summary>Measurements that need a new process: cold starts and peak memory. Each prints one number.</summary>
internal static class ProcessMeasurements
{
    public const string BareCreates = "bare-creates";
    public const string SignedCreates = "signed-creates";
    public const string List = "list";
    public const string ListPeak = "list-peak";

    private const int Count = 500;
    private const int Width = 16;

    // Both sides are warmed up; cold starts have separate rows.
    private const int Warm = 50;

    public static async Task<string> RunAsync(string name)
    {
        var number = name switch
        {
            BareCreates => await BareCreatesAsync(inAdvance: true),
            SignedCreates => await BareCreatesAsync(inAdvance: false),
            List => InEngine(engine =>
            {
                engine.Import();
                engine.Run("Get-ARService -Status NONE -Region eu-west-1");
                return Time(() => engine.Run("Get-ARService | ForEach-Object { $null }"));
            }),
            ListPeak => InEngine(engine =>
            {
                engine.Import();
                engine.Run("Get-ARService | ForEach-Object { $null }");
                using var self = Process.GetCurrentProcess();
                return self.PeakWorkingSet64 / 1048576.0;
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
        return number.ToString("0.###", CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a measurement in a new process.</summary>
    public static double RunInProcess(string measurement, ServerAddress server)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["measure", measurement]) { RedirectStandardOutput = true };
        server.Export(start.Environment);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : throw new InvalidOperationException(measurement + " failed.");
    }

    private static string Name(string series, int number) => string.Create(CultureInfo.InvariantCulture, $"{series}{Environment.ProcessId}-{number}");

    private static double InEngine(Func<Engine, double> measure)
    {
        using var engine = new Engine();
        return measure(engine);
    }

    /// <summary>Bare POSTs.</summary>
    /// <param name="inAdvance">Whether the bodies are written and signed before the time starts.</param>
    private static async Task<double> BareCreatesAsync(bool inAdvance)
    {
        using var client = new HttpClient();
        Func<BarePost> Post(string series, int number) => () => new BarePost(ServerAddress.Current, Requests.Create(Name(series, number)));
        Task SendAsync(Func<BarePost>[] posts) => Parallel.ForEachAsync(posts, new ParallelOptions { MaxDegreeOfParallelism = Width }, async (post, _) => await post().SendAsync(client));

        await SendAsync([.. Enumerable.Range(0, Warm).Select(number => Post("w", number))]);
        var posts = Enumerable.Range(0, Count).Select(number => Post("m", number)).ToArray();
        if (inAdvance)
            posts = Array.ConvertAll(posts, make => make()).Select(post => new Func<BarePost>(() => post)).ToArray();
        return await TimeAsync(() => SendAsync(posts));
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalMilliseconds;
    }
}
