using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>What to build, run, check and serve. All values are given; there are no defaults.</summary>
/// <param name="Source">The source.</param>
/// <param name="HealthCheck">The health check.</param>
/// <param name="Size">The limits of an instance.</param>
/// <param name="Scaling">The scaling settings.</param>
internal sealed record Workload(WorkloadSource Source, HealthCheck HealthCheck, InstanceLimits Size, Scaling Scaling);

/// <summary>The source of a workload.</summary>
internal abstract record WorkloadSource;

/// <summary>A branch of a git repository.</summary>
/// <param name="RepositoryUrl">An https or file URL, or the path of a folder.</param>
/// <param name="Branch">The branch; null if not given.</param>
/// <param name="Directory">The source directory in the repository; <c>/</c> is its root.</param>
/// <param name="Settings">How to build and start it; null if apprunner.yaml has the settings.</param>
internal sealed record CodeSource(string RepositoryUrl, string? Branch, string Directory, CodeSettings? Settings) : WorkloadSource;

/// <summary>How to build and start source code.</summary>
/// <param name="BuildCommand">The build command; null or empty for none.</param>
/// <param name="StartCommand">The start command.</param>
/// <param name="Port">The configured port.</param>
/// <param name="Variables">The environment variables of the program.</param>
/// <param name="Secrets">The variables that refer to secrets.</param>
internal sealed record CodeSettings(string? BuildCommand, string? StartCommand, int Port, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, string> Secrets);

/// <summary>A container image.</summary>
/// <param name="Image">The image name.</param>
/// <param name="Port">The port that the program in it listens on.</param>
/// <param name="StartCommand">Replaces the command of the image; null or empty to keep it.</param>
/// <param name="Variables">The environment variables of the program.</param>
/// <param name="Secrets">The variables that refer to secrets.</param>
internal sealed record ImageSource(string Image, int Port, string? StartCommand, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, string> Secrets) : WorkloadSource;

/// <summary>The health check of instances.</summary>
/// <param name="Path">The path of an HTTP check; null for a TCP check.</param>
/// <param name="Interval">The interval between two checks.</param>
/// <param name="Timeout">The timeout of one check.</param>
/// <param name="HealthyThreshold">The number of consecutive successful checks that make an instance healthy.</param>
/// <param name="UnhealthyThreshold">The number of consecutive failed checks that make an instance unhealthy.</param>
internal sealed record HealthCheck(string? Path, TimeSpan Interval, TimeSpan Timeout, int HealthyThreshold, int UnhealthyThreshold);

/// <summary>The limits of an instance.</summary>
/// <param name="CpuUnits">CPU units; 1024 are 1 vCPU.</param>
/// <param name="MemoryMegabytes">Memory in MB.</param>
internal sealed record InstanceLimits(int CpuUnits, int MemoryMegabytes)
{
    /// <summary>CPU time in percent of what the instance has in a time.</summary>
    public double CpuPercent(TimeSpan cpu, TimeSpan elapsed) => elapsed <= TimeSpan.Zero ? 0 : 100 * (cpu / elapsed) / (CpuUnits / 1024d);

    /// <summary>Bytes in percent of what the instance has.</summary>
    public double MemoryPercent(long bytes) => 100 * (bytes / (MemoryMegabytes * 1024d * 1024));
}

/// <summary>The scaling settings.</summary>
/// <param name="MinSize">The minimum number of instances.</param>
/// <param name="MaxSize">The maximum number of instances.</param>
/// <param name="MaxConcurrency">The maximum number of concurrent requests of an instance.</param>
internal sealed record Scaling(int MinSize, int MaxSize, int MaxConcurrency)
{
    /// <summary>The number of instances for a number of requests.</summary>
    /// <param name="requests">The requests in flight.</param>
    public int SizeFor(int requests) => Math.Clamp((requests + MaxConcurrency - 1) / MaxConcurrency, MinSize, MaxSize);
}

/// <summary>The owner of an executed service, which stores the results. Called by tasks that do not hold the region's lock.</summary>
internal interface IServiceOwner
{
    /// <summary>The log of the service.</summary>
    IServiceLog Log { get; }

    /// <summary>The measured values of the service.</summary>
    IServiceMeter Meter { get; }

    /// <summary>The source whose branch is polled for new commits; null if none is polled now.</summary>
    CodeSource? PolledSource();

    /// <summary>Called when a poll has found a commit. Starts a deployment if the service can be deployed now.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="isNew">Tells whether the commit must be deployed; called under the lock that operations need to start.</param>
    void OnCommit(string commit, Func<bool> isNew);

    /// <summary>Called when the running operation has failed and is being rolled back.</summary>
    void OnRollback();

    /// <summary>Called when the running operation has ended.</summary>
    /// <param name="outcome">The outcome, one of <see cref="Model.OperationStatus"/>.</param>
    void OnEnded(string outcome);
}

/// <summary>Stores the measured values of one service. Thread-safe.</summary>
internal interface IServiceMeter
{
    /// <summary>A request has ended.</summary>
    /// <param name="status">The status of the response.</param>
    /// <param name="duration">Its duration.</param>
    void Request(int status, TimeSpan duration);

    /// <summary>A request has begun or ended, and others are running.</summary>
    /// <param name="requests">The number of requests.</param>
    /// <param name="instances">The number of instances.</param>
    void Load(int requests, int instances);

    /// <summary>An instance has used this much since the last measurement.</summary>
    /// <param name="cpu">CPU in percent of what it has.</param>
    /// <param name="memory">Memory in percent of what it has.</param>
    void Usage(double cpu, double memory);
}

/// <summary>The log of one service. Thread-safe.</summary>
internal interface IServiceLog
{
    /// <summary>Writes an event of the service.</summary>
    void Event(string text);

    /// <summary>Writes a line to the deployment log of an operation.</summary>
    void Deployment(string operationId, string text);

    /// <summary>Writes a line of an instance's output.</summary>
    void Instance(string instanceId, string text);
}
