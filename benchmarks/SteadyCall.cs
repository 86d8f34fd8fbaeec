using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;
using BenchmarkDotNet.Attributes;

namespace AppRunner.Benchmarks;

/// <summary>One warm DescribeService call: with HttpClient, the module's client and the cmdlet.</summary>
public class SteadyCall : IDisposable
{
    private readonly HttpClient http = new();
    private IAppRunnerConnection connection = null!;
    private Engine engine = null!;
    private DescribeServiceRequest request = null!;
    private BarePost post = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var server = ServerAddress.Current;
        connection = await new AppRunnerConnector().ConnectAsync(
            new ConnectionSettings(server.Region, null, server.AccessKey, server.SecretKey, null, server.EndpointUrl), CancellationToken.None);
        var service = (await connection.SendAsync(new ListServicesRequest { MaxResults = 1 }, CancellationToken.None)).ServiceSummaryList![0];
        request = new DescribeServiceRequest { ServiceArn = service.ServiceArn };
        post = new BarePost(server, request);
        engine = new Engine();
        engine.Import();
        engine.Run($"$global:arn = '{service.ServiceArn}'");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        engine.Dispose();
        connection.Dispose();
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task BareHttpClient() => post.SendAsync(http);

    [Benchmark]
    public Task<DescribeServiceResponse> Client() => connection.SendAsync(request, CancellationToken.None);

    [Benchmark]
    public object Cmdlet() => engine.Run("Get-ARService $arn");
}
