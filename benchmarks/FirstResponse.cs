using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.LocalEndpoint;
using AppRunner.Model;

namespace AppRunner.Benchmarks;

/// <summary>Measures the time from CreateService to the first response of the service, compared with the same program started directly.</summary>
internal static class FirstResponse
{
    private const int Rounds = 7;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("apprunner-benchmark-").FullName;
        try
        {
            Git(folder, "init", "--quiet", "--initial-branch=main");
            Git(folder, "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.com", "commit", "--quiet", "--allow-empty", "--message=first");
            using var endpoint = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true }, SystemClock.Instance);
            using var client = await new AppRunnerConnector().ConnectAsync(
                new ConnectionSettings(endpoint.Region, null, endpoint.AccessKey, endpoint.SecretKey, null, endpoint.EndpointUrl), CancellationToken.None);
            List<double> program = [], service = [];
            for (var round = 0; round < Rounds; round++)
            {
                program.Add(await MeasureProgramAsync());
                service.Add(await MeasureServiceAsync(client, folder, "round-" + round.ToString(CultureInfo.InvariantCulture)));
            }

            var (own, whole) = (Median(program), Median(service));
            var table = new Table("the program's own start", "CreateService to first response", "ratio", "difference");
            table.Add(Table.Show(own, "ms"), Table.Show(whole, "ms"), Table.Ratio(whole, own), Table.Show(whole - own, "ms"));
            table.Print();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> MeasureProgramAsync()
    {
        var port = FreePort();
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["application"]);
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        try
        {
            return await WaitForResponseAsync(new Uri($"http://127.0.0.1:{port}/"), host: null, started);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<double> MeasureServiceAsync(IAppRunnerConnection client, string folder, string name)
    {
        var started = Stopwatch.GetTimestamp();
        var response = await client.SendAsync(
            new CreateServiceRequest
            {
                ServiceName = name,
                SourceConfiguration = new SourceConfiguration
                {
                    AutoDeploymentsEnabled = false,
                    CodeRepository = new CodeRepository
                    {
                        RepositoryUrl = folder,
                        SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = "main" },
                        CodeConfiguration = new CodeConfiguration
                        {
                            ConfigurationSource = ConfigurationSource.Api,
                            CodeConfigurationValues = new CodeConfigurationValues { Runtime = Runtime.NodeJs22, StartCommand = $"\"{Environment.ProcessPath}\" application" },
                        },
                    },
                },
                HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Http, Interval = 1 },
            },
            CancellationToken.None);

        // By IP address, so that the time for DNS is not included.
        var host = response.Service!.ServiceUrl!;
        var time = await WaitForResponseAsync(new Uri($"http://127.0.0.1:{host.Split(':')[^1]}/"), host, started);
        while ((await client.DescribeAsync(response.Service.ServiceArn!, CancellationToken.None)).Status == ServiceStatus.OperationInProgress)
            await Task.Delay(50);
        await client.SendAsync(new DeleteServiceRequest { ServiceArn = response.Service.ServiceArn }, CancellationToken.None);
        return time;
    }

    private static async Task<double> WaitForResponseAsync(Uri uri, string? host, long started)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            try
            {
                using var message = new HttpRequestMessage(HttpMethod.Get, uri);
                message.Headers.Host = host;
                using var response = await http.SendAsync(message);
                if (response.IsSuccessStatusCode)
                    return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
            catch (HttpRequestException)
            {
                // The server is not listening yet.
            }

            await Task.Delay(5);
        }

        throw new TimeoutException($"{uri} does not respond.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static void Git(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"git {arguments[0]} failed.");
    }

    private static double Median(List<double> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
}
