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

/// <summary>Runs everything and prints one table. Ratios are of numbers measured in the same run, on the same machine, side by side.</summary>
internal static class Report
{
    private static readonly Table Table = new("what", "module", "beside", "ratio", "aim");

    public static async Task RunAsync(bool quick)
    {
        var runs = quick ? 3 : 9;
        using (var server = await Server.StartAsync(20))
        {
            var import = Median(Pieces.Import, server.Address, runs);
            var empty = Median(Pieces.ImportEmpty, server.Address, runs);
            Add("import of the module into a warm engine (the engine's package), beside an empty module", import, empty, "ms", "");
            AddImportInPwsh(runs);
            var call = Median(Pieces.FirstCall, server.Address, runs);
            var bare = Median(Pieces.BareFirstPost, server.Address, runs);
            Add("first call after import, beside the first POST of a bare HttpClient", call, bare, "ms", "");
            Steady(server.Address, quick);

            var both = Median(Pieces.ImportAndFirstCall, server.Address, runs);
            Add("import and first call in a warm engine", both, null, "ms", "");
            foreach (var (name, program, arguments) in OtherClients.Commands())
            {
                var times = Enumerable.Range(0, runs).Select(_ => OtherClients.Time(program, arguments, server.Address)).ToArray();
                if (times.All(time => time is not null))
                    Add("the same, beside the whole process of " + name, both, Middle(times.Select(time => time!.Value)), "ms", name.StartsWith("AWS CLI", StringComparison.Ordinal) ? "< 1" : "");
                else
                    Table.Add(name, "", "not installed here", "", "");
            }

            if (OtherClients.Time("aws", ["apprunner", "list-services"], server.Address) is { } cli)
            {
                var whole = Middle(Enumerable.Range(0, runs).Select(_ => OtherClients.Time("dotnet", [.. OtherClients.Pwsh, $"Import-Module '{Engine.ModulePath}'; Get-ARService"], server.Address) ?? double.NaN));
                Add("whole process of pwsh with one call, beside the whole process of the AWS CLI", whole, cli, "ms", "");
            }
        }

        using (var server = await Server.StartAsync(0))
            Add("500 creates, -ThrottleLimit 16, beside 500 bare POSTs at that width", Median(Pieces.Creates, server.Address, runs), Median(Pieces.BareCreates, server.Address, runs), "ms", "");

        using (var small = await Server.StartAsync(1000))
        using (var large = await Server.StartAsync(10_000))
        {
            Add("listing 10,000 services, beside listing 1,000 (time)", Median(Pieces.List, large.Address, Math.Min(runs, 3)), Median(Pieces.List, small.Address, Math.Min(runs, 3)), "ms", "about 10");
            Add("listing 10,000 services, beside listing 1,000 (peak memory of the process)", Median(Pieces.ListPeak, large.Address, Math.Min(runs, 3)), Median(Pieces.ListPeak, small.Address, Math.Min(runs, 3)), "MiB", "about 1");
        }

        Table.Print();
    }

    private static void AddImportInPwsh(int runs)
    {
        var empty = EmptyModule.Make();
        var times = Enumerable.Range(0, runs).Select(_ => (Module: OtherClients.ImportInPwsh(Engine.ModulePath), Empty: OtherClients.ImportInPwsh(empty))).ToArray();
        Add("import of the module into pwsh, beside an empty module", Middle(times.Select(pair => pair.Module)), Middle(times.Select(pair => pair.Empty)), "ms", "difference < 50 ms");
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
        Add("steady call of the client, beside bare HttpClient", Of(nameof(SteadyCall.Client)), bare, "us", "< 1.5");
        Add("steady call of Get-ARService, beside bare HttpClient", Of(nameof(SteadyCall.Cmdlet)), bare, "us", "");
    }

    private static double Median(string piece, ServerAddress server, int runs) => Middle(Enumerable.Range(0, runs).Select(_ => RunPiece(piece, server)));

    private static double Middle(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double RunPiece(string piece, ServerAddress server)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["piece", piece]) { RedirectStandardOutput = true };
        server.Export(start.Environment);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : throw new InvalidOperationException(piece + " failed.");
    }

    private static void Add(string what, double module, double? beside, string unit, string aim) =>
        Table.Add(what, Table.Show(module, unit), beside is { } other ? Table.Show(other, unit) : "", beside is { } by ? Table.Ratio(module, by) : "", aim);
}
