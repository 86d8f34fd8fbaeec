using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Benchmarks;

/// <summary>Measurements that need a new process: cold starts and peak memory. Each prints one number.</summary>
internal static class ProcessMeasurements
{
    public const string Import = "import";
    public const string ImportEmpty = "import-empty";
    public const string FirstCall = "first-call";
    public const string ImportAndFirstCall = "import-and-first-call";
    public const string BareFirstPost = "bare-first-post";
    public const string Creates = "creates";
    public const string BareCreates = "bare-creates";
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
            Import => InEngine(engine => Time(engine.Import)),
            ImportEmpty => InEngine(engine =>
            {
                var empty = EmptyModule.Make();
                return Time(() => engine.Run($"Import-Module '{empty}'"));
            }),
            FirstCall => InEngine(engine =>
            {
                engine.Import();
                return Time(() => engine.Run("Get-ARService -Status NONE"));
            }),
            ImportAndFirstCall => InEngine(engine => Time(() =>
            {
                engine.Import();
                engine.Run("Get-ARService -Status NONE");
            })),
            BareFirstPost => await TimeAsync(async () =>
            {
                using var client = new HttpClient();
                await new BarePost(ServerAddress.Current, new ListServicesRequest()).SendAsync(client);
            }),
            Creates => InEngine(engine =>
            {
                engine.Import();
                engine.Run($"$global:definitions = {Definitions("w", Warm)}; $definitions | New-ARService -ThrottleLimit {Width}");
                engine.Run($"$global:definitions = {Definitions("m", Count)}");
                return Time(() => engine.Run($"$definitions | New-ARService -ThrottleLimit {Width}"));
            }),
            BareCreates => await BareCreatesAsync(),
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

    private static string Name(string series, int number) => string.Create(CultureInfo.InvariantCulture, $"{series}{Environment.ProcessId}-{number}");

    private static double InEngine(Func<Engine, double> measure)
    {
        using var engine = new Engine();
        return measure(engine);
    }

    private static async Task<double> BareCreatesAsync()
    {
        using var client = new HttpClient();
        BarePost[] Posts(string series, int count) => Enumerable.Range(0, count).Select(number => new BarePost(ServerAddress.Current, Requests.Create(Name(series, number)))).ToArray();
        Task SendAsync(BarePost[] posts) => Parallel.ForEachAsync(posts, new ParallelOptions { MaxDegreeOfParallelism = Width }, async (post, _) => await post.SendAsync(client));

        await SendAsync(Posts("w", Warm));
        var posts = Posts("m", Count);
        return await TimeAsync(() => SendAsync(posts));
    }

    private static string Definitions(string series, int count) => string.Join(",", Enumerable.Range(0, count).Select(number =>
        $"@{{ ServiceName = '{Name(series, number)}'; ImageIdentifier = 'public.ecr.aws/aws-containers/hello-app-runner:latest'; Port = 8000 }}"));

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
