using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.Model;
using BenchmarkDotNet.Attributes;

namespace AppRunner.Benchmarks;

/// <summary>One warm DescribeService call: with HttpClient and with the module's client.</summary>
public class SteadyCall : IDisposable
{
    private readonly HttpClient http = new();
    private IAppRunnerConnection connection = null!;
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
    }

    [GlobalCleanup]
    public void Dispose()
    {
        connection.Dispose();
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task BareHttpClient() => post.SendAsync(http);

    [Benchmark]
    public Task<DescribeServiceResponse> Client() => connection.SendAsync(request, CancellationToken.None);
}
