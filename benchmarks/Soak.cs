using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client;
using AppRunner.LocalEndpoint;
using AppRunner.Model;

namespace AppRunner.Benchmarks;

/// <summary>
/// Runs services on a local endpoint for minutes, while clients send requests and other tasks update, deploy, remove and create the
/// services. Afterwards nothing may have been lost: no request, and no memory, handle, thread or process.
/// </summary>
internal static class Soak
{
    private const int Services = 20;
    private const int Clients = 50;
    private const int Operators = 4;

    // The logs of removed services are kept, in MiB for a region.
    private const int MostLogs = 32;

    // Fills pools and caches, and compiles the code, before the first measurement.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("apprunner-benchmark-").FullName;
        try
        {
            FirstResponse.Git(folder, "init", "--quiet", "--initial-branch=main");
            FirstResponse.Git(folder, "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.com", "commit", "--quiet", "--allow-empty", "--message=first");
            using var endpoint = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true }, SystemClock.Instance);
            using var client = await new AppRunnerConnector().ConnectAsync(
                new ConnectionSettings(endpoint.Region, null, endpoint.AccessKey, endpoint.SecretKey, null, endpoint.EndpointUrl), CancellationToken.None);
            var world = new World(client, folder);
            await Task.WhenAll(Enumerable.Range(0, Services).Select(world.AddAsync));
            await world.RunAsync(WarmUp);
            var before = await Snapshot.TakeAsync();
            var warm = world.Counts;
            var watch = Stopwatch.StartNew();
            await world.RunAsync(duration);
            var elapsed = watch.Elapsed;
            var after = await Snapshot.TakeAsync();

            var table = new Table("what", "before", "after", "difference");
            Add("managed memory after a collection, MiB", before.Managed, after.Managed);
            Add("working set, MiB", before.WorkingSet, after.WorkingSet);
            Add("handles", before.OpenHandles, after.OpenHandles);
            Add("threads", before.Threads, after.Threads);
            Add("programs of services", before.Children, after.Children);
            table.Print();
            var counts = world.Counts;
            Console.WriteLine(FormattableString.Invariant($"{elapsed.TotalSeconds:0} s: {counts.Requests - warm.Requests} requests, {counts.Lost} lost; {counts.Updates - warm.Updates} updates, {counts.Deployments - warm.Deployments} deployments, {counts.Removals - warm.Removals} services removed and created again, {counts.Failures} operations failed"));
            foreach (var reason in world.Reasons.Take(10))
                Console.WriteLine(reason);

            // Those of the runtime itself come and go.
            var leaks = after.OpenHandles - before.OpenHandles > 50 || after.Threads - before.Threads > 10 || after.Children != before.Children || after.Managed - before.Managed > MostLogs;
            return counts is { Lost: 0, Failures: 0 } && !leaks ? 0 : 1;

            void Add(string what, double first, double last) =>
                table.Add(what, first.ToString("0.#", CultureInfo.InvariantCulture), last.ToString("0.#", CultureInfo.InvariantCulture), (last - first).ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record Snapshot(double Managed, double WorkingSet, int OpenHandles, int Threads, int Children)
    {
        private static int Handles()
        {
            using var self = Process.GetCurrentProcess();
            return OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : self.HandleCount;
        }

        // How many connections are open under load depends on the load of the machine, so they are compared once they have been closed.
        public static async Task<Snapshot> TakeAsync()
        {
            for (int last = int.MaxValue, now; (now = Handles()) < last; last = now)
                await Task.Delay(TimeSpan.FromSeconds(2));
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using var self = Process.GetCurrentProcess();
            var programs = Process.GetProcessesByName(self.ProcessName);
            Array.ForEach(programs, process => process.Dispose());
            return new Snapshot(GC.GetTotalMemory(forceFullCollection: true) / 1048576.0, self.WorkingSet64 / 1048576.0, Handles(), self.Threads.Count, programs.Length - 1);
        }
    }

    private sealed record Counts(long Requests, long Lost, long Updates, long Deployments, long Removals, long Failures);

    // A service, and who uses it: it is removed only while no client waits for its response.
    private sealed class Target
    {
        private int users;

        public string Arn { get; set; } = string.Empty;

        public string Host { get; set; } = string.Empty;

        public bool IsOpen { get; set; }

        public bool IsBusy { get; set; }

        public bool TryUse()
        {
            lock (this)
            {
                if (!IsOpen)
                    return false;
                users++;
                return true;
            }
        }

        public void Release()
        {
            lock (this)
            {
                users--;
            }
        }

        public bool TryTake()
        {
            lock (this)
                return !IsBusy && (IsBusy = true);
        }

        public async Task CloseAsync()
        {
            while (true)
            {
                lock (this)
                {
                    IsOpen = false;
                    if (users == 0)
                        return;
                }

                await Task.Delay(5);
            }
        }
    }

    private sealed class World(IAppRunnerConnection client, string folder)
    {
        private readonly Target[] targets = Enumerable.Range(0, Services).Select(_ => new Target()).ToArray();
        private long requests;
        private long lost;
        private long updates;
        private long deployments;
        private long removals;
        private long failures;

        public ConcurrentQueue<string> Reasons { get; } = new();

        public Counts Counts => new(requests, lost, updates, deployments, removals, failures);

        public async Task AddAsync(int number)
        {
            var target = targets[number];
            var name = "soak-" + number.ToString("00", CultureInfo.InvariantCulture);
            var response = await client.SendAsync(
                new CreateServiceRequest
                {
                    ServiceName = name,
                    SourceConfiguration = Source(0),
                    HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = HealthCheckProtocol.Http, Interval = 1 },
                },
                CancellationToken.None);
            await EndAsync(response.Service!.ServiceArn!, response.OperationId!, name);
            (target.Arn, target.Host, target.IsOpen) = (response.Service.ServiceArn!, response.Service.ServiceUrl!, true);
        }

        public async Task RunAsync(TimeSpan duration)
        {
            using var end = new CancellationTokenSource(duration);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await Task.WhenAll(
                [.. Enumerable.Range(0, Clients).Select(seed => Task.Run(() => RequestAsync(http, new Random(seed), end.Token))),
                .. Enumerable.Range(0, Operators).Select(seed => Task.Run(() => OperateAsync(new Random(1000 + seed), end.Token)))]);
        }

        private SourceConfiguration Source(int version) => new()
        {
            AutoDeploymentsEnabled = false,
            CodeRepository = new CodeRepository
            {
                RepositoryUrl = folder,
                SourceCodeVersion = new SourceCodeVersion { Type = SourceCodeVersionType.Branch, Value = "main" },
                CodeConfiguration = new CodeConfiguration
                {
                    ConfigurationSource = ConfigurationSource.Api,
                    CodeConfigurationValues = new CodeConfigurationValues
                    {
                        Runtime = Runtime.NodeJs22,
                        StartCommand = $"\"{Environment.ProcessPath}\" application",
                        RuntimeEnvironmentVariables = new Dictionary<string, string> { ["VERSION"] = version.ToString(CultureInfo.InvariantCulture) },
                    },
                },
            },
        };

        private async Task RequestAsync(HttpClient http, Random random, CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                var target = targets[random.Next(targets.Length)];
                if (!target.TryUse())
                {
                    await Task.Yield();
                    continue;
                }

                try
                {
                    // By IP address, so that no name has to be resolved.
                    using var message = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{target.Host.Split(':')[^1]}/");
                    message.Headers.Host = target.Host;
                    Interlocked.Increment(ref requests);
                    using var response = await http.SendAsync(message, CancellationToken.None);
                    if (!response.IsSuccessStatusCode)
                        Lose($"status {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
                }
                catch (HttpRequestException e)
                {
                    Lose(e.InnerException is SocketException socket ? socket.SocketErrorCode.ToString() : e.Message);
                }
                finally
                {
                    target.Release();
                }

                await Task.Delay(5, CancellationToken.None);
            }
        }

        private void Lose(string reason)
        {
            Interlocked.Increment(ref lost);
            Reasons.Enqueue("lost request: " + reason);
        }

        private async Task OperateAsync(Random random, CancellationToken end)
        {
            for (var version = 1; !end.IsCancellationRequested; version++)
            {
                var number = random.Next(targets.Length);
                var target = targets[number];
                if (!target.TryTake())
                    continue;
                try
                {
                    switch (random.Next(3))
                    {
                        case 0:
                            var update = await client.SendAsync(new UpdateServiceRequest { ServiceArn = target.Arn, SourceConfiguration = Source(version) }, CancellationToken.None);
                            await EndAsync(target.Arn, update.OperationId!, "update");
                            Interlocked.Increment(ref updates);
                            break;
                        case 1:
                            var deployment = await client.SendAsync(new StartDeploymentRequest { ServiceArn = target.Arn }, CancellationToken.None);
                            await EndAsync(target.Arn, deployment.OperationId!, "deployment");
                            Interlocked.Increment(ref deployments);
                            break;
                        default:
                            await target.CloseAsync();
                            var removal = await client.SendAsync(new DeleteServiceRequest { ServiceArn = target.Arn }, CancellationToken.None);
                            await EndAsync(target.Arn, removal.OperationId!, "removal");
                            await AddAsync(number);
                            Interlocked.Increment(ref removals);
                            break;
                    }
                }
                finally
                {
                    target.IsBusy = false;
                }
            }
        }

        private async Task EndAsync(string arn, string operationId, string what)
        {
            while (true)
            {
                var listed = await client.SendAsync(new ListOperationsRequest { ServiceArn = arn, MaxResults = 1 }, CancellationToken.None);
                if (listed.OperationSummaryList!.FirstOrDefault(operation => operation.Id == operationId) is not { Status: not (OperationStatus.InProgress or OperationStatus.Pending or OperationStatus.RollbackInProgress) } ended)
                {
                    await Task.Delay(50);
                    continue;
                }

                if (ended.Status != OperationStatus.Succeeded)
                {
                    Interlocked.Increment(ref failures);
                    Reasons.Enqueue($"{what}: {ended.Status}");
                }

                return;
            }
        }
    }
}
