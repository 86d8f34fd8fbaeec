using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Module.Tests.Support;

/// <summary>Keeps the wire form of each CreateService and UpdateService without a server, for tests with very many requests.</summary>
internal sealed class CapturingConnection : IAppRunnerConnection, IAppRunnerConnector
{
    private const string Arn = "arn:aws:apprunner:us-east-1:123456789012:service/web-01/8fe1e10304f84fd2b0df550fe98a71fa";

    /// <summary>The bodies of the requests that were sent.</summary>
    public List<JsonNode> Sent { get; } = [];

    /// <summary>Called with the number of requests that were sent, before the response.</summary>
    public Func<int, Task> Response { get; set; } = _ => Task.CompletedTask;

    public string Region => "us-east-1";

    public Uri Endpoint { get; } = new("https://apprunner.invalid/");

    public string CredentialSource => "none";

    public string? AccountId => null;

    public SeenAccount Seen { get; set; } = new();

    public Uri EndpointOf(AppRunnerRequest request) => Endpoint;

    public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        int count;
        lock (Sent)
        {
            Sent.Add(JsonNode.Parse(WireJson.Write(request))!);
            count = Sent.Count;
        }

        await Response(count).ConfigureAwait(false);
        object response = new CreateServiceResponse { Service = new Service { ServiceName = "web-01", ServiceArn = Arn }, OperationId = "17fe9f55-7e91-4097-b243-fcabbb69a4cf" };
        return (TResponse)response;
    }

    public Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken) => Task.FromResult<IAppRunnerConnection>(this);

    public IReadOnlyList<ContextSetting> Describe(ConnectionSettings settings) => [];

    public string EnvironmentFingerprint() => string.Empty;

    public string[] GetProfileNames() => [];

    public void Dispose()
    {
    }
}
