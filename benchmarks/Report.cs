using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
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
        using (var server = await Server.StartAsync(20))
        {
            var import = Median(ProcessMeasurements.Import, server.Address, runs);
            var empty = Median(ProcessMeasurements.ImportEmpty, server.Address, runs);
            Add("import of the module into a warm engine (the engine's package), compared with an empty module", import, empty, "ms", "");
            AddImportInPwsh(runs);
            var call = Median(ProcessMeasurements.FirstCall, server.Address, runs);
            var bare = Median(ProcessMeasurements.BareFirstPost, server.Address, runs);
            Add("first call after import, compared with the first POST of a bare HttpClient", call, bare, "ms", "");
            Steady(server.Address, quick);

            var both = Median(ProcessMeasurements.ImportAndFirstCall, server.Address, runs);
            Add("import and first call in a warm engine", both, null, "ms", "");
            foreach (var (name, program, arguments) in OtherClients.Commands())
            {
                var times = Enumerable.Range(0, runs).Select(_ => OtherClients.Time(program, arguments, server.Address)).ToArray();
                if (times.All(time => time is not null))
                    Add("the same, compared with the whole process of " + name, both, MedianOf(times.Select(time => time!.Value)), "ms", name.StartsWith("AWS CLI", StringComparison.Ordinal) ? "< 1" : "");
                else
                    Table.Add(name, "", "not installed here", "", "");
            }

            if (OtherClients.Time("aws", ["apprunner", "list-services"], server.Address) is { } cli)
            {
                var whole = MedianOf(Enumerable.Range(0, runs).Select(_ => OtherClients.Time("dotnet", [.. OtherClients.Pwsh, $"Import-Module '{Engine.ModulePath}'; Get-ARService"], server.Address) ?? double.NaN));
                Add("whole process of pwsh with one call, compared with the whole process of the AWS CLI", whole, cli, "ms", "");
            }
        }

        using (var server = await Server.StartAsync(0))
            Add("500 creates, -ThrottleLimit 16, compared with 500 bare POSTs at that width", Median(ProcessMeasurements.Creates, server.Address, runs), Median(ProcessMeasurements.BareCreates, server.Address, runs), "ms", "");

        using (var small = await Server.StartAsync(1000))
        using (var large = await Server.StartAsync(10_000))
        {
            Add("listing 10,000 services, compared with listing 1,000 (time)", Median(ProcessMeasurements.List, large.Address, Math.Min(runs, 3)), Median(ProcessMeasurements.List, small.Address, Math.Min(runs, 3)), "ms", "about 10");
            Add("listing 10,000 services, compared with listing 1,000 (peak memory of the process)", Median(ProcessMeasurements.ListPeak, large.Address, Math.Min(runs, 3)), Median(ProcessMeasurements.ListPeak, small.Address, Math.Min(runs, 3)), "MiB", "about 1");
        }

        Table.Print();
    }

    private static void AddImportInPwsh(int runs)
    {
        var empty = EmptyModule.Make();
        var times = Enumerable.Range(0, runs).Select(_ => (Module: OtherClients.ImportInPwsh(Engine.ModulePath), Empty: OtherClients.ImportInPwsh(empty))).ToArray();
        Add("import of the module into pwsh, compared with an empty module", MedianOf(times.Select(pair => pair.Module)), MedianOf(times.Select(pair => pair.Empty)), "ms", "difference < 50 ms");
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
        Add("steady call of Get-ARService, compared with bare HttpClient", Of(nameof(SteadyCall.Cmdlet)), bare, "us", "");
    }

    private static double Median(string measurement, ServerAddress server, int runs) => MedianOf(Enumerable.Range(0, runs).Select(_ => RunMeasurement(measurement, server)));

    private static double MedianOf(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double RunMeasurement(string measurement, ServerAddress server)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["measure", measurement]) { RedirectStandardOutput = true };
        server.Export(start.Environment);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : throw new InvalidOperationException(measurement + " failed.");
    }

    private static void Add(string what, double module, double? baseline, string unit, string target) =>
        Table.Add(what, Table.Show(module, unit), baseline is { } other ? Table.Show(other, unit) : "", baseline is { } by ? Table.Ratio(module, by) : "", target);
}
