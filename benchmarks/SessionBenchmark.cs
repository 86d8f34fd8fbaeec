using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;

namespace AppRunner.Benchmarks;

/// <summary>Measures <see cref="SessionRows"/> in the real pwsh, each script in a process of its own: module and baseline in turn, and the median of the runs.</summary>
internal static class SessionBenchmark
{
    /// <summary>Runs the rows.</summary>
    /// <param name="arguments">Names of rows; none for all. A folder is another build of the module, which is measured in turn with this one; a file is the pwsh.dll of another PowerShell.</param>
    /// <param name="rounds">How often each script runs.</param>
    /// <returns>A task that completes when the table is printed.</returns>
    public static async Task RunAsync(IReadOnlyCollection<string> arguments, int rounds)
    {
        var other = arguments.FirstOrDefault(Directory.Exists) is { } folder ? Path.GetFullPath(folder) : null;
        if (arguments.FirstOrDefault(File.Exists) is { } pwsh)
            OtherClients.PwshPath = Path.GetFullPath(pwsh);
        var names = arguments.Where(argument => !Path.Exists(argument)).ToHashSet();
        if (names.Except(SessionRows.All.Select(row => row.Name)).ToArray() is { Length: > 0 } unknown)
            throw new ArgumentException($"No row {unknown[0]}. Rows: {string.Join(", ", SessionRows.All.Select(row => row.Name))}.");
        var table = new Table("what", "before", "after", "baseline", "ratio before", "ratio after", "aim", "");
        var work = Directory.CreateTempSubdirectory("session-benchmark-").FullName;
        try
        {
            var (empty, file) = (EmptyModule.Make(), WriteDefinitions(work));
            using var server = await Server.StartAsync(20);
            using var connection = await new AppRunnerConnector().ConnectAsync(
                new ConnectionSettings(server.Address.Region, null, server.Address.AccessKey, server.Address.SecretKey, null, server.Address.EndpointUrl), CancellationToken.None);
            var arn = (await connection.SendAsync(new ListServicesRequest { MaxResults = 1 }, CancellationToken.None)).ServiceSummaryList![0].ServiceArn!;
            foreach (var row in SessionRows.All.Where(row => names.Count == 0 || names.Contains(row.Name)))
                Measure(table, row, other, server.Address, arn, row.Rounds > 0 ? Math.Min(row.Rounds, rounds) : rounds, script => SessionRows.Fill(script, Engine.ModulePath, empty, file), script => SessionRows.Fill(script, other!, empty, file));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        table.Print();
    }

    private static void Measure(Table table, SessionRow row, string? other, ServerAddress server, string arn, int rounds, Func<string, string> fill, Func<string, string> fillOther)
    {
        // Signed for each process, because a signature is valid for some minutes only.
        double Run(string script) => RunPwsh(script, server, new BarePost(server, row.IsList ? new ListServicesRequest() : new DescribeServiceRequest { ServiceArn = arn }), arn);
        List<double> own = [], others = [], baselines = [];
        for (var round = 0; round < rounds; round++)
        {
            own.Add(Run(fill(row.Module)));
            if (other is not null)
                others.Add(Run(fillOther(row.Module)));
            if ((row.Baseline is { } script ? Run(fill(script)) : OtherProcess(row, server)) is not { } baseline)
            {
                table.Add(row.What, "", "", "not installed here", "", "", "", "");
                return;
            }

            baselines.Add(baseline);
        }

        var by = Median(baselines);
        double Distance(double number) => row.IsDifference ? number - by : (row.IsOnTop ? number - by : number) / by;
        string Compare(double number) => row.IsDifference ? Table.Show(Distance(number), row.Unit) : Distance(number).ToString("0.00", CultureInfo.InvariantCulture);
        table.Add(
            row.What,
            other is null ? "" : Table.Show(Median(others), row.Unit),
            Table.Show(Median(own), row.Unit),
            Table.Show(by, row.Unit),
            other is null ? "" : Compare(Median(others)),
            Compare(Median(own)),
            row.IsDifference ? Table.Show(row.Aim, row.Unit) : row.Aim.ToString(CultureInfo.InvariantCulture),
            Distance(Median(own)) <= row.Aim ? "met" : "missed");
    }

    private static double? OtherProcess(SessionRow row, ServerAddress server)
    {
        if (row.Measurement is { } measurement)
            return ProcessMeasurements.RunInProcess(measurement, server);
        var (_, program, arguments) = OtherClients.Commands().Single(command => command.Name.StartsWith(row.OtherClient!, StringComparison.Ordinal));
        return OtherClients.Time(program, arguments, server);
    }

    private static double RunPwsh(string script, ServerAddress server, BarePost post, string arn)
    {
        var start = new ProcessStartInfo("dotnet", [.. OtherClients.Pwsh, script]) { RedirectStandardOutput = true };
        server.Export(start.Environment);
        post.Export(start.Environment);
        start.Environment["SERVICE_ARN"] = arn;

        // Certificates of this computer, which the calls to the local endpoint do not need.
        start.Environment.Remove("AWS_CA_BUNDLE");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(output.TrimEnd().Split('\n')[^1], CultureInfo.InvariantCulture) : throw new InvalidOperationException("Failed: " + script);
    }

    private static string WriteDefinitions(string folder)
    {
        var path = Path.Combine(folder, "definitions.json");
        var definitions = Enumerable.Range(0, 1000).Select(number => $$"""
            {
              "ServiceName": "service-{{number}}",
              "SourceConfiguration": {
                "ImageRepository": {
                  "ImageIdentifier": "public.ecr.aws/aws-containers/hello-app-runner:latest",
                  "ImageRepositoryType": "ECR_PUBLIC",
                  "ImageConfiguration": { "Port": "8000", "RuntimeEnvironmentVariables": { "STAGE": "test", "NUMBER": "{{number}}" } }
                },
                "AutoDeploymentsEnabled": false
              },
              "InstanceConfiguration": { "Cpu": "1 vCPU", "Memory": "2 GB" },
              "HealthCheckConfiguration": { "Protocol": "HTTP", "Path": "/health", "Interval": 10 },
              "Tags": [ { "Key": "stage", "Value": "test" } ]
            }
            """);
        File.WriteAllText(path, "[" + string.Join(",\n", definitions) + "]");
        return path;
    }

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
