using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>What is to be built, run, checked and served, complete: nothing is left to a default here.</summary>
/// <param name="Source">What it is made of.</param>
/// <param name="HealthCheck">How its instances are checked.</param>
/// <param name="Size">What an instance may take.</param>
/// <param name="Scaling">How many instances there are.</param>
internal sealed record Workload(WorkloadSource Source, HealthCheck HealthCheck, InstanceLimits Size, Scaling Scaling);

/// <summary>What a workload is made of.</summary>
internal abstract record WorkloadSource;

/// <summary>A branch of a git repository.</summary>
/// <param name="RepositoryUrl">An https or file address, or a folder's path.</param>
/// <param name="Branch">The branch; null where none was named.</param>
/// <param name="Directory">The folder in the repository that holds the application; <c>/</c> is the repository itself.</param>
/// <param name="Settings">How it is built and started; null where its apprunner.yaml says so.</param>
internal sealed record CodeSource(string RepositoryUrl, string? Branch, string Directory, CodeSettings? Settings) : WorkloadSource;

/// <summary>How source code is built and started.</summary>
/// <param name="BuildCommand">The command that builds it; null or empty for none.</param>
/// <param name="StartCommand">The command that starts it.</param>
/// <param name="Port">The port that it is meant to listen on.</param>
/// <param name="Variables">The variables that the program sees.</param>
/// <param name="Secrets">Variables whose values are references to secrets.</param>
internal sealed record CodeSettings(string? BuildCommand, string? StartCommand, int Port, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, string> Secrets);

/// <summary>A container image.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Port">The port that the program in it listens on.</param>
/// <param name="StartCommand">What replaces the image's own command; null or empty leaves that.</param>
/// <param name="Variables">The variables that the program sees.</param>
/// <param name="Secrets">Variables whose values are references to secrets.</param>
internal sealed record ImageSource(string Image, int Port, string? StartCommand, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, string> Secrets) : WorkloadSource;

/// <summary>How instances are checked.</summary>
/// <param name="Path">The path that must respond with success over HTTP; null where a TCP connection is enough.</param>
/// <param name="Interval">Between two checks.</param>
/// <param name="Timeout">For one check.</param>
/// <param name="HealthyThreshold">Checks in a row that make an instance healthy.</param>
/// <param name="UnhealthyThreshold">Checks in a row that make an instance unhealthy.</param>
internal sealed record HealthCheck(string? Path, TimeSpan Interval, TimeSpan Timeout, int HealthyThreshold, int UnhealthyThreshold);

/// <summary>What an instance may take.</summary>
/// <param name="CpuUnits">1024 are one processor.</param>
/// <param name="MemoryMegabytes">Megabytes of memory.</param>
internal sealed record InstanceLimits(int CpuUnits, int MemoryMegabytes);

/// <summary>How many instances there are.</summary>
/// <param name="MinSize">At least.</param>
/// <param name="MaxSize">At most.</param>
/// <param name="MaxConcurrency">Requests at a time that one instance is meant for.</param>
internal sealed record Scaling(int MinSize, int MaxSize, int MaxConcurrency)
{
    /// <summary>How many instances there should be.</summary>
    /// <param name="requests">Requests that are in flight.</param>
    public int SizeFor(int requests) => Math.Clamp((requests + MaxConcurrency - 1) / MaxConcurrency, MinSize, MaxSize);
}

/// <summary>The owner of a service that is run: it decides what is deployed, and keeps the results. Called by tasks that hold no lock.</summary>
internal interface IServiceOwner
{
    /// <summary>The service's log.</summary>
    IServiceLog Log { get; }

    /// <summary>The source whose branch is to be watched for new commits; null where none is to be watched now.</summary>
    CodeSource? WatchedSource();

    /// <summary>A watched branch has a commit: begins a deployment of it, if the service can be deployed now.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="isNew">Whether the commit is to be deployed at all; called when no other operation can begin in between.</param>
    void OnCommit(string commit, Func<bool> isNew);

    /// <summary>The running operation has failed and is being rolled back.</summary>
    void OnRollBack();

    /// <summary>The running operation has ended.</summary>
    /// <param name="outcome">How it ended, one of <see cref="Model.OperationStatus"/>.</param>
    void OnEnded(string outcome);
}

/// <summary>The log of one service. Any thread may write.</summary>
internal interface IServiceLog
{
    /// <summary>An event of the service.</summary>
    void Event(string text);

    /// <summary>A line about an operation.</summary>
    void Deployment(string operationId, string text);

    /// <summary>A line that an instance wrote.</summary>
    void Instance(string instanceId, string text);
}
