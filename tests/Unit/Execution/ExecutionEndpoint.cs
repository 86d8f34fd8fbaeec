using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Unit.Tests.LocalEndpoint;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>An endpoint that executes services, with its own work folder. The test fails if files are left.</summary>
internal sealed class ExecutionEndpoint : IDisposable
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(120);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1000 }) { Timeout = WaitTimeout };

    public ExecutionEndpoint(Action<LocalEndpointOptions>? configure = null, ExecutionSettings? settings = null, IClock? clock = null, ProgramFinder? containerPrograms = null)
    {
        WorkFolder = Directory.CreateTempSubdirectory("ar-work-").FullName;
        try
        {
            Api = new TestEndpoint(
                options =>
                {
                    options.AllowExecution = true;
                    options.WorkFolder = WorkFolder;
                    configure?.Invoke(options);
                },
                clock: clock ?? SystemClock.Instance,
                settings: settings ?? new ExecutionSettings { LocalPoll = TimeSpan.FromMilliseconds(200), DrainTimeout = WaitTimeout },
                containerPrograms: containerPrograms);
        }
        catch
        {
            Directory.Delete(WorkFolder);
            throw;
        }
    }

    /// <summary>The start command of a program of the tests.</summary>
    public static string ProgramCommand(string name) => $"dotnet \"{Path.Combine(AppContext.BaseDirectory, "AppRunner.Tests.Programs.dll")}\" {name}";

    public TestEndpoint Api { get; }

    public string WorkFolder { get; }

    public static CreateServiceRequest NewService(GitFolder repository, string name = "web1", string? build = null, string? start = null) => new()
    {
        ServiceName = name,
        SourceConfiguration = Source(repository.Path, build: build, start: start),
        HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Http, Path = "/health", Interval = 1, Timeout = 20, UnhealthyThreshold = 2 },
    };

    public static SourceConfiguration Source(string repository, string branch = "main", string? directory = null, string? build = null, string? start = null) => new()
    {
        AutoDeploymentsEnabled = false,
        CodeRepository = new CodeRepository
        {
            RepositoryUrl = repository,
            SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = branch },
            SourceDirectory = directory,
            CodeConfiguration = new CodeConfiguration
            {
                ConfigurationSource = ConfigurationSource.Api,
                CodeConfigurationValues = new CodeConfigurationValues { Runtime = Runtime.NodeJs22, BuildCommand = build, StartCommand = start ?? ProgramCommand("web") },
            },
        },
    };

    /// <summary>Creates a service and waits for the end of the operation.</summary>
    public async Task<Service> CreateAsync(CreateServiceRequest request)
    {
        var response = await Api.SendAsync(request);
        await EndAsync(response.Service!, response.OperationId!);
        return await Api.DescribeAsync(response.Service!);
    }

    /// <summary>Creates a service, which must succeed.</summary>
    public async Task<Service> RunningAsync(CreateServiceRequest request)
    {
        var service = await CreateAsync(request);
        service.Status.ShouldBe(ServiceStatus.Running, Events(service));
        return service;
    }

    /// <summary>Updates a service and waits for the end of the operation. Returns its status.</summary>
    public async Task<string> UpdateAsync(UpdateServiceRequest request)
    {
        var response = await Api.SendAsync(request);
        return await EndAsync(response.Service!, response.OperationId!);
    }

    public async Task<string> DeployAsync(Service service) =>
        await EndAsync(service, (await Api.SendAsync(new StartDeploymentRequest { ServiceArn = service.ServiceArn })).OperationId!);

    public async Task<string> PauseAsync(Service service) =>
        await EndAsync(service, (await Api.SendAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn })).OperationId!);

    public async Task<string> ResumeAsync(Service service) =>
        await EndAsync(service, (await Api.SendAsync(new ResumeServiceRequest { ServiceArn = service.ServiceArn })).OperationId!);

    public async Task<string> DeleteAsync(Service service) =>
        await EndAsync(service, (await Api.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn })).OperationId!);

    /// <summary>Waits for the end of an operation. Returns its status.</summary>
    public async Task<string> EndAsync(ServiceSummary service, string operationId)
    {
        Operation? operation = null;
        await UntilAsync(async () => (operation = (await Api.OperationsAsync(service)).Single(one => one.Id == operationId)).EndedAt is not null, () => $"the end of the operation; it is {operation?.Status}: {Events(service)}");
        return operation!.Status!;
    }

    /// <summary>Sends a GET request to the URL of the service.</summary>
    public async Task<(int Status, string Body)> GetAsync(ServiceSummary service, string path = "/")
    {
        using var request = Request(service, path);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The body of a response, which must be 200.</summary>
    public async Task<string> ReadAsync(ServiceSummary service, string path = "/")
    {
        var (status, body) = await GetAsync(service, path);
        status.ShouldBe(200, body);
        return body;
    }

    public string Events(ServiceSummary service) => string.Join('\n', LogLines(service, "events"));

    public string DeploymentLog(ServiceSummary service, string operationId) => string.Join('\n', LogLines(service, "deployment/" + operationId.Replace("-", string.Empty, StringComparison.Ordinal)));

    public string InstanceLog(ServiceSummary service, string instanceId) => string.Join('\n', LogLines(service, "instance/" + instanceId));

    /// <summary>The folders of services.</summary>
    public string[] ServiceFolders() => Directory.GetDirectories(WorkFolder).SelectMany(folder => Directory.GetDirectories(Path.Combine(folder, "services"))).ToArray();

    /// <summary>The folders of releases.</summary>
    public string[] Releases() => ServiceFolders().SelectMany(Directory.GetDirectories).ToArray();

    /// <summary>The records of running processes.</summary>
    public string[] Processes() => Directory.GetDirectories(WorkFolder).SelectMany(folder => Directory.GetFiles(Path.Combine(folder, "processes"))).ToArray();

    /// <summary>The records of containers.</summary>
    public string[] ContainerRecords() => Directory.GetDirectories(WorkFolder).SelectMany(folder => Directory.GetFiles(Path.Combine(folder, "containers"))).ToArray();

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(WaitTimeout);
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException("Timed out waiting for " + what());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        Api.Dispose();
        Directory.GetFileSystemEntries(WorkFolder).ShouldBeEmpty();
        FolderRemoval.TryDelete(WorkFolder);
    }

    private string[] LogLines(ServiceSummary service, string stream)
    {
        var (name, id) = (service.ServiceName!, service.ServiceId!);
        var group = stream.StartsWith(ServiceLogNames.InstancePrefix, StringComparison.Ordinal) ? ServiceLogNames.ApplicationGroup(name, id) : ServiceLogNames.ServiceGroup(name, id);
        return Api.State().Store<LogStore>().TryFind(group)?.ReadBack(stream, long.MaxValue, int.MaxValue, _ => true).Select(line => line.Message).ToArray() ?? [];
    }

    // Not all systems can resolve names below localhost.
    private HttpRequestMessage Request(ServiceSummary service, string path)
    {
        var host = service.ServiceUrl!;
        var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1" + host[host.IndexOf(':', StringComparison.Ordinal)..] + path);
        request.Headers.Host = host;
        return request;
    }
}
