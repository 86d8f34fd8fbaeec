using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A running instance of a service.</summary>
internal sealed class Instance : IDisposable
{
    private const int MaxLastLines = 10;

    private readonly InstanceGroupSettings settings;
    private readonly Queue<string> lastLines = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly int port;
    private readonly bool proxied;
    private readonly IProgram program;
    private Task watching = Task.CompletedTask;

    private Instance(Release release, InstanceGroupSettings settings)
    {
        this.settings = settings;
        Id = Guid.NewGuid().ToString("N");
        proxied = release.IsProxied;
        port = PortPool.Take();
        try
        {
            program = release.Start(Id, port, OnOutputLine);
        }
        catch
        {
            PortPool.Return(port);
            throw;
        }

        Backend = new Backend(Id, port);
    }

    /// <summary>Its id, which is also in the name of its log stream.</summary>
    public string Id { get; }

    /// <summary>Its address for the front door.</summary>
    public Backend Backend { get; }

    /// <summary>Why it is unhealthy; null while it is healthy.</summary>
    public string? UnhealthyReason { get; private set; }

    /// <summary>What its processes use; null if it is not known.</summary>
    public ProgramUsage? Usage => program.Usage();

    /// <summary>Starts an instance and waits until it is healthy.</summary>
    /// <param name="release">The release to run.</param>
    /// <param name="settings">The health check and the timeouts.</param>
    /// <param name="onUnhealthy">Called once when the instance becomes unhealthy.</param>
    /// <param name="cancellationToken">Cancels the start and stops the program.</param>
    /// <returns>A healthy instance.</returns>
    /// <exception cref="DeploymentException">The instance did not become healthy, and was stopped.</exception>
    public static async Task<Instance> StartAsync(Release release, InstanceGroupSettings settings, Action onUnhealthy, CancellationToken cancellationToken)
    {
        var instance = new Instance(release, settings);
        try
        {
            await instance.WaitUntilHealthyAsync(release, cancellationToken).ConfigureAwait(false);
            instance.watching = instance.WatchAsync(onUnhealthy);
            return instance;
        }
        catch
        {
            await instance.StopAsync(settings.Times.StopTimeout).ConfigureAwait(false);
            instance.Dispose();
            throw;
        }
    }

    /// <summary>Stops the instance. Never throws.</summary>
    /// <param name="timeout">The time for the program to exit before it is killed.</param>
    public async Task StopAsync(TimeSpan timeout)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await program.StopAsync(timeout).ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        PortPool.Return(port);
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private void OnOutputLine(string line)
    {
        settings.Log.Instance(Id, line);
        if (line.Length == 0)
            return;
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > MaxLastLines)
                lastLines.Dequeue();
        }
    }

    private async Task WaitUntilHealthyAsync(Release release, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var healthy = CheckUntilHealthyAsync(limit.Token);
        var timeout = settings.Clock.Delay(settings.Times.StartTimeout, limit.Token);
        var first = await Task.WhenAny(program.Ended, healthy, timeout).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(healthy).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == program.Ended)
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"Your application stopped or failed to start. See logs for more information. Container exit code: {program.Ended.Result}."));
        if (first == timeout)
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"The instance was not healthy within {settings.Times.StartTimeout.TotalSeconds:0} s: ") + await DescribeTimeoutAsync(release, cancellationToken).ConfigureAwait(false));
        if (await healthy.ConfigureAwait(false) is { } reason)
            throw Failed($"Health check failed on {settings.Probe.Target}: {reason}.");
    }

    private async Task<string> DescribeTimeoutAsync(Release release, CancellationToken cancellationToken) => await HealthProbe.ListensAsync(port, proxied, cancellationToken).ConfigureAwait(false)
        ? $"its health check on {settings.Probe.Target} does not pass."
        : $"nothing listens on its port. {release.PortAdvice(port)}";

    // An instance that does not listen yet is starting, not unhealthy: StartTimeout limits that.
    private async Task<string?> CheckUntilHealthyAsync(CancellationToken cancellationToken)
    {
        // The proxy of a container engine accepts connections before the program listens.
        while (!await program.RunsAsync(cancellationToken).ConfigureAwait(false) || !await HealthProbe.ListensAsync(port, proxied, cancellationToken).ConfigureAwait(false))
            await Task.Delay(settings.Times.ListenInterval, cancellationToken).ConfigureAwait(false);
        var passed = 0;
        var failed = 0;
        while (true)
        {
            var problem = await settings.Probe.CheckAsync(port, proxied, cancellationToken).ConfigureAwait(false);
            passed = problem is null ? passed + 1 : 0;
            failed = problem is null ? 0 : failed + 1;

            // The proxy may still accept connections for a program that has just exited.
            if (passed >= settings.Probe.HealthyThreshold && await program.RunsAsync(cancellationToken).ConfigureAwait(false))
                return null;
            if (failed == settings.Probe.UnhealthyThreshold)
                return problem;
            await settings.Clock.Delay(settings.Probe.Interval, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(Action onUnhealthy)
    {
        var checking = CheckUntilUnhealthyAsync();
        await Task.WhenAny(program.Ended, checking).ConfigureAwait(false);
        if (stopping.IsCancellationRequested)
            return;
        UnhealthyReason = program.Ended.IsCompleted
            ? string.Create(CultureInfo.InvariantCulture, $"its program ended with exit code {program.Ended.Result}")
            : $"its health check failed on {settings.Probe.Target}: {await checking.ConfigureAwait(false)}";
        await stopping.CancelAsync().ConfigureAwait(false);
        onUnhealthy();
    }

    private async Task<string?> CheckUntilUnhealthyAsync()
    {
        var failed = 0;
        try
        {
            while (true)
            {
                await settings.Clock.Delay(settings.Probe.Interval, stopping.Token).ConfigureAwait(false);
                var problem = await settings.Probe.CheckAsync(port, proxied, stopping.Token).ConfigureAwait(false);
                failed = problem is null ? 0 : failed + 1;
                if (failed == settings.Probe.UnhealthyThreshold)
                    return problem;
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private DeploymentException Failed(string message)
    {
        lock (lastLines)
            return new DeploymentException(message, lastLines.ToArray());
    }
}

/// <summary>The ports of instances, shared by all endpoints of the process.</summary>
internal static class PortPool
{
    // Below the ephemeral ports: the system could assign one of those to an outgoing connection before the program listens.
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int MaxAttempts = 1000;

    private static readonly HashSet<int> Taken = [];

    /// <summary>Reserves a free port.</summary>
    /// <exception cref="DeploymentException">There is no free port.</exception>
    public static int Take()
    {
        lock (Taken)
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(First, Last);
                if (!Taken.Contains(port) && IsFree(port))
                {
                    Taken.Add(port);
                    return port;
                }
            }
        }

        throw new DeploymentException($"No free port was found between {First} and {Last}.");
    }

    /// <summary>Releases a port.</summary>
    public static void Return(int port)
    {
        lock (Taken)
            Taken.Remove(port);
    }

    // Most programs listen on all addresses.
    private static bool IsFree(int port)
    {
        foreach (var address in new[] { IPAddress.Any, IPAddress.Loopback })
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.ExclusiveAddressUse = true;
                socket.Bind(new IPEndPoint(address, port));
            }
            catch (SocketException)
            {
                return false;
            }
        }

        return true;
    }
}
