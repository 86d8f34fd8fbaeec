using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AppRunner.Benchmarks;

/// <summary>Runs all measurements and prints one table. The numbers of a ratio are measured in the same run on the same machine.</summary>
internal static class Report
{
    private static readonly Table Table = new("what", "module", "baseline", "ratio", "target");

    public static async Task RunAsync(bool quick)
    {
        var runs = quick ? 3 : 9;
        await SessionBenchmark.RunAsync([], runs);
        Console.WriteLine();
        using (var server = await Server.StartAsync(20))
        {
            Steady(server.Address, quick);
            var whole = MedianOf(Enumerable.Range(0, runs).Select(_ => OtherClients.Time("dotnet", [.. OtherClients.Pwsh, $"Import-Module '{Engine.ModulePath}'; Get-ARService"], server.Address) ?? double.NaN));
            foreach (var (name, program, arguments) in OtherClients.Commands())
            {
                var times = Enumerable.Range(0, runs).Select(_ => OtherClients.Time(program, arguments, server.Address)).ToArray();
                if (times.All(time => time is not null))
                    Add("whole process of pwsh with one call, compared with the whole process of " + name, whole, MedianOf(times.Select(time => time!.Value)), "ms", "");
                else
                    Table.Add(name, "", "not installed here", "", "");
            }
        }

        using (var small = await Server.StartAsync(1000))
        using (var large = await Server.StartAsync(10_000))
        {
            Add("listing 10,000 services, compared with listing 1,000 (time)", Median(ProcessMeasurements.List, large.Address, Math.Min(runs, 3)), Median(ProcessMeasurements.List, small.Address, Math.Min(runs, 3)), "ms", "about 10");
            Add("listing 10,000 services, compared with listing 1,000 (peak memory of the process)", Median(ProcessMeasurements.ListPeak, large.Address, Math.Min(runs, 3)), Median(ProcessMeasurements.ListPeak, small.Address, Math.Min(runs, 3)), "MiB", "about 1");
        }

        Table.Print();
    }

    private static void Steady(ServerAddress server, bool quick)
    {
        var environment = new Dictionary<string, string?>();
        server.Export(environment);
        foreach (var variable in environment)
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(quick ? 5 : 15);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).WithOptions(ConfigOptions.DisableLogFile);
        var summary = BenchmarkRunner.Run<SteadyCall>(config);
        double Of(string name) => summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == name).ResultStatistics!.Median / 1000;
        var bare = Of(nameof(SteadyCall.BareHttpClient));
        Add("steady call of the client, compared with bare HttpClient", Of(nameof(SteadyCall.Client)), bare, "us", "< 1.5");
    }

    private static double Median(string measurement, ServerAddress server, int runs) => MedianOf(Enumerable.Range(0, runs).Select(_ => ProcessMeasurements.RunInProcess(measurement, server)));

    private static double MedianOf(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static void Add(string what, double module, double? baseline, string unit, string target) =>
        Table.Add(what, Table.Show(module, unit), baseline is { } other ? Table.Show(other, unit) : "", baseline is { } by ? Table.Ratio(module, by) : "", target);
}
