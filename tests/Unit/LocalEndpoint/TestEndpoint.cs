using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Host;
using AppRunner.LocalEndpoint.Http;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Logs;
using AppRunner.Model.Metrics;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

/// <summary>A running endpoint with a client that signs, and a clock that the test moves.</summary>
internal sealed class TestEndpoint : IDisposable
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    public TestEndpoint(Action<LocalEndpointOptions>? configure = null, HttpLimits? limits = null, IClock? signingClock = null, IClock? clock = null, ExecutionSettings? settings = null, ProgramFinder? containerPrograms = null)
    {
        var options = new LocalEndpointOptions { OperationDuration = Duration, AccountId = "123456789012" };
        configure?.Invoke(options);
        Endpoint = new LocalEndpointStarter(limits ?? new HttpLimits(), signingClock ?? SystemClock.Instance, settings, containerPrograms).Start(options, clock ?? Clock);
    }

    /// <summary>A client of an endpoint in another process.</summary>
    public TestEndpoint(Model.LocalEndpoint endpoint) => Endpoint = endpoint;

    public FakeClock Clock { get; } = new();

    public Model.LocalEndpoint Endpoint { get; }

    /// <summary>The state of a region.</summary>
    public Region State(string region = "us-east-1") => ((RunningEndpoint)Endpoint).State.Region(region);

    public static CreateServiceRequest NewService(string name = "web1") => new()
    {
        ServiceName = name,
        SourceConfiguration = new SourceConfiguration
        {
            ImageRepository = new ImageRepository { ImageIdentifier = "public.ecr.aws/example/hello:1", ImageRepositoryType = ImageRepositoryType.EcrPublic },
        },
    };

    public static SourceConfiguration Code(string connectionArn) => new()
    {
        CodeRepository = new CodeRepository
        {
            RepositoryUrl = "https://github.com/example/app",
            SourceCodeVersion = new SourceCodeVersion { Type = "BRANCH", Value = "main" },
            CodeConfiguration = new CodeConfiguration { ConfigurationSource = "API", CodeConfigurationValues = new CodeConfigurationValues { Runtime = "NODEJS_22", BuildCommand = "npm ci" } },
        },
        AuthenticationConfiguration = new AuthenticationConfiguration { ConnectionArn = connectionArn },
    };

    public void Dispose()
    {
        Endpoint.Stop();
        http.Dispose();
    }

    /// <summary>Sends a request. An error response is thrown as an exception of the Model, and must be one that the operation declares.</summary>
    public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, string region = "us-east-1")
        where TResponse : AppRunnerResponse
    {
        var isLogs = request.TargetPrefix == LogsApi.TargetPrefix;
        var response = await SendAsync(new Call
        {
            Target = request.TargetPrefix + "." + request.Operation,
            Body = Encoding.UTF8.GetString(WireJson.Write(request)),
            Region = region,
            Service = isLogs ? "logs" : request.TargetPrefix == MetricsApi.TargetPrefix ? MetricsApi.SigningName : "apprunner",
            ContentType = isLogs ? "application/x-amz-json-1.1" : "application/x-amz-json-1.0",
        });
        if (response.Status == 200)
            return WireJson.ReadResponse<TResponse>(Encoding.UTF8.GetBytes(response.Body));
        (isLogs ? ["InvalidParameterException", "ResourceNotFoundException"] : ShapeTable.ErrorsOf(request.Operation)).ShouldContain(response.Code, response.Message);
        throw ServiceErrors.Create(response.Code, response.Message, response.Status, response.RequestId);
    }

    public async Task<TestResponse> SendAsync(Call call)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Endpoint.EndpointUrl + "/");
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Body));
        foreach (var (name, value) in call.Headers(Endpoint))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);
        return new TestResponse(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.Single() : null,
            response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Creates a running service.</summary>
    public async Task<Service> RunningServiceAsync(CreateServiceRequest? request = null, string region = "us-east-1")
    {
        var service = (await SendAsync(request ?? NewService(), region)).Service!;
        Clock.Advance(Duration);
        return await DescribeAsync(service, region);
    }

    /// <summary>Creates a revision of an auto scaling configuration.</summary>
    public async Task<AutoScalingConfiguration> ScalingAsync(string name, int? maxConcurrency = null, string region = "us-east-1") =>
        (await SendAsync(new CreateAutoScalingConfigurationRequest { AutoScalingConfigurationName = name, MaxConcurrency = maxConcurrency }, region)).AutoScalingConfiguration!;

    /// <summary>Creates an approved connection.</summary>
    public async Task<Connection> ConnectionAsync(string name = "github", string region = "us-east-1")
    {
        var connection = (await SendAsync(new CreateConnectionRequest { ConnectionName = name, ProviderType = ProviderType.GitHub }, region)).Connection!;
        Endpoint.ApproveConnection(connection.ConnectionArn!);
        return connection;
    }

    /// <summary>A code repository with a new connection.</summary>
    public async Task<SourceConfiguration> CodeAsync() => Code((await ConnectionAsync()).ConnectionArn!);

    /// <summary>Creates a running private service.</summary>
    public Task<Service> PrivateServiceAsync(string name = "web1", string region = "us-east-1")
    {
        var request = NewService(name);
        request.NetworkConfiguration = new NetworkConfiguration { IngressConfiguration = new IngressConfiguration { IsPubliclyAccessible = false } };
        return RunningServiceAsync(request, region);
    }

    /// <summary>Creates a VPC connector.</summary>
    public async Task<VpcConnector> VpcConnectorAsync(string name = "shop", string region = "us-east-1") =>
        (await SendAsync(new CreateVpcConnectorRequest { VpcConnectorName = name, Subnets = ["subnet-0123456789abcdef0"] }, region)).VpcConnector!;

    public async Task<Service> DescribeAsync(ServiceSummary service, string region = "us-east-1") =>
        (await SendAsync(new DescribeServiceRequest { ServiceArn = service.ServiceArn }, region)).Service!;

    public async Task<IReadOnlyList<Operation>> OperationsAsync(ServiceSummary service) =>
        (await SendAsync(new ListOperationsRequest { ServiceArn = service.ServiceArn })).OperationSummaryList!;

    /// <summary>A connection for raw requests.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", Endpoint.Port, TestContext.Current.CancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Writes a raw request and reads until the endpoint closes the connection.</summary>
    public async Task<string> ExchangeAsync(string request)
    {
        await using var stream = await ConnectAsync();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        return await ReadToEndAsync(stream);
    }

    public static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var reader = new System.IO.StreamReader(stream, leaveOpen: true);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The request line and headers of a signed request.</summary>
    public string Head(Call call, string? more = null) =>
        "POST / HTTP/1.1\r\n" + string.Concat(call.Headers(Endpoint).Select(header => $"{header.Key}: {header.Value}\r\n")) + more + "\r\n";
}
