using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.LocalEndpoint;
using AppRunner.Model;

namespace AppRunner.Benchmarks;

/// <summary>A local endpoint in a separate process, so that its CPU time does not affect the client's.</summary>
internal sealed class Server : IDisposable
{
    private readonly ChildProcess process;

    private Server(ChildProcess process, ServerAddress address)
    {
        this.process = process;
        Address = address;
    }

    public ServerAddress Address { get; }

    public static async Task<Server> StartAsync(int services)
    {
        var process = await ChildProcess.StartAsync("serve", services.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new Server(process, ServerAddress.Parse(process.FirstLine));
    }

    /// <summary>The child's side: serves until its standard input ends.</summary>
    public static async Task ServeAsync(int services)
    {
        var options = new LocalEndpointOptions { ServiceQuota = 1_000_000, OperationDuration = TimeSpan.Zero };
        using var endpoint = new LocalEndpointStarter().Start(options, SystemClock.Instance);
        var address = new ServerAddress(endpoint.EndpointUrl, endpoint.Region, endpoint.AccessKey, endpoint.SecretKey);
        using var client = await new AppRunnerConnector().ConnectAsync(
            new ConnectionSettings(address.Region, null, address.AccessKey, address.SecretKey, null, address.EndpointUrl), CancellationToken.None);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, services),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, stop) => await client.SendAsync(Requests.Create($"service-{number:00000}"), stop));
        await ChildProcess.ServeAsync(address.ToString());
    }

    public void Dispose() => process.Dispose();
}
