using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Http;
using AppRunner.LocalEndpoint.Logs;
using AppRunner.LocalEndpoint.Outcomes;
using AppRunner.LocalEndpoint.Protocol;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.RepositoryConnections;
using AppRunner.LocalEndpoint.Services;
using AppRunner.LocalEndpoint.Signing;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint;

/// <summary>A local endpoint that serves.</summary>
internal sealed class RunningEndpoint : Model.LocalEndpoint
{
    private readonly EndpointState state;
    private readonly KeyPair keys;
    private readonly HttpServer server;
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonApi? api;
    private int stopped;

    /// <summary>Starts it.</summary>
    /// <param name="options">Options that have been checked.</param>
    /// <param name="clock">The time of the simulation.</param>
    /// <param name="signingClock">The time that signatures are judged by.</param>
    /// <param name="limits">What a peer may take.</param>
    /// <param name="times">How long the parts of the work on services may take.</param>
    public RunningEndpoint(LocalEndpointOptions options, IClock clock, IClock signingClock, HttpLimits limits, ExecutionSettings times)
    {
        keys = options.AccessKey is null ? KeyPair.Random() : new KeyPair(options.AccessKey, options.SecretKey!);
        state = new EndpointState(options.AccountId, options.OperationDuration, options.ServiceQuota, options.LogLimit, clock);
        Region = options.Region;
        if (options.AllowExecution)
            state.Execution = new ExecutionEngine(options, times, clock);
        try
        {
            server = new HttpServer(options.Port, port => api = new JsonApi(port, state, new SignatureVerifier(keys, signingClock), clock), limits);
        }
        catch
        {
            StopExecution();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string EndpointUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <inheritdoc/>
    public override int Port => server.Port;

    /// <inheritdoc/>
    public override string Region { get; }

    /// <inheritdoc/>
    public override string AccountId => state.AccountId;

    /// <inheritdoc/>
    public override string AccessKey => keys.AccessKey;

    /// <inheritdoc/>
    public override string SecretKey => keys.SecretKey;

    /// <inheritdoc/>
    public override TimeSpan OperationDuration => state.OperationDuration;

    /// <inheritdoc/>
    public override bool AllowsExecution => state.Execution is not null;

    /// <inheritdoc/>
    public override DateTime StartedAt => state.StartedAt;

    /// <inheritdoc/>
    public override bool IsRunning => Volatile.Read(ref stopped) == 0;

    /// <inheritdoc/>
    public override long RequestCount => api!.RequestCount;

    /// <inheritdoc/>
    public override Task Completion => completion.Task;

    /// <summary>The log of a service; null where there is none.</summary>
    internal ServiceLog? Log(string arn)
    {
        var region = state.Region(Region);
        lock (region.Gate)
            return region.Store<ServiceStore>().TryFind(arn)?.Log;
    }

    /// <inheritdoc/>
    public override string? AddressOf(string serviceArn)
    {
        var region = RegionOf(serviceArn) ?? throw new ResourceNotFoundException($"Service with the provided ARN could not be found: {serviceArn}");
        lock (region.Gate)
        {
            var service = region.Store<ServiceStore>().FindLive(serviceArn);
            return state.Execution?.Find(service) is { } executed ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{executed.Port}") : null;
        }
    }

    /// <inheritdoc/>
    public override void SetNextOutcome(string outcome, string? operationType = null, string? serviceName = null)
    {
        var wish = new SetNextOutcomeRequest { Outcome = outcome, OperationType = operationType, ServiceName = serviceName };
        var problems = RequestRules.Check(wish);
        if (problems.Count > 0)
            throw new InvalidParameterException("The outcome", problems);
        if (state.Outcomes.Add(wish) is { } refusal)
            throw new InvalidParameterException(refusal);
    }

    /// <inheritdoc/>
    public override void ApproveConnection(string connectionArn)
    {
        var region = RegionOf(connectionArn) ?? throw new ResourceNotFoundException($"Connection with the provided ARN could not be found: {connectionArn}");
        lock (region.Gate)
            region.Store<ConnectionStore>().FindLive(connectionArn).Approve();
    }

    /// <inheritdoc/>
    public override void Stop()
    {
        if (Interlocked.Exchange(ref stopped, 1) == 0)
        {
            // Off this thread, so that a caller's synchronization context cannot be waited for by what it waits for.
            Task.Run(async () => await server.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
            StopExecution();
            completion.TrySetResult();
        }
        else
        {
            completion.Task.GetAwaiter().GetResult();
        }
    }

    // A region is not made for an ARN that cannot be there.
    private Region? RegionOf(string text) => Arn.TryParse(text, out var arn) && RegionName.IsValid(arn.Region) ? state.Region(arn.Region) : null;

    private void StopExecution()
    {
        if (state.Execution is { } execution)
            Task.Run(async () => await execution.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
    }
}
