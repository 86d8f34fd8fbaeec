using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Api;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Http;
using AppRunner.LocalEndpoint.Simulation;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.Host;

/// <summary>A running local endpoint.</summary>
internal sealed class RunningEndpoint : Model.LocalEndpoint
{
    private readonly KeyPair keys;
    private readonly ExecutionEngine? execution;
    private readonly HttpServer server;
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonApi? api;
    private int stopped;

    /// <summary>Starts it.</summary>
    /// <param name="options">Options that have been checked.</param>
    /// <param name="clock">The clock of the simulation.</param>
    /// <param name="signingClock">The clock that signature dates are compared with.</param>
    /// <param name="limits">The limits for one peer.</param>
    /// <param name="settings">Timeouts and intervals of execution.</param>
    /// <param name="containerPrograms">Finds Docker and Podman.</param>
    public RunningEndpoint(LocalEndpointOptions options, IClock clock, IClock signingClock, HttpLimits limits, ExecutionSettings settings, ProgramFinder containerPrograms)
    {
        keys = options.AccessKey is null ? KeyPair.Random() : new KeyPair(options.AccessKey, options.SecretKey!);
        State = new EndpointState(
            options.AccountId,
            options.OperationDuration,
            options.ServiceQuota,
            options.LogLimit,
            clock,
            region => execution is null ? new ServiceSimulation(region) : new ServiceExecution(region, execution));
        Region = options.Region;
        if (options.AllowExecution)
            execution = new ExecutionEngine(options, settings, clock, containerPrograms);
        try
        {
            server = new HttpServer(options.Port, port => api = new JsonApi(port, State, new SignatureVerifier(keys, signingClock), new InternalErrorReporter(State, Region, options.OnInternalError), clock), limits);
        }
        catch
        {
            StopExecution();
            throw;
        }
    }

    /// <summary>The state of the endpoint.</summary>
    internal EndpointState State { get; }

    /// <inheritdoc/>
    public override string EndpointUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <inheritdoc/>
    public override int Port => server.Port;

    /// <inheritdoc/>
    public override string Region { get; }

    /// <inheritdoc/>
    public override string AccountId => State.AccountId;

    /// <inheritdoc/>
    public override string AccessKey => keys.AccessKey;

    /// <inheritdoc/>
    public override string SecretKey => keys.SecretKey;

    /// <inheritdoc/>
    public override TimeSpan OperationDuration => State.OperationDuration;

    /// <inheritdoc/>
    public override bool AllowsExecution => execution is not null;

    /// <inheritdoc/>
    public override DateTime StartedAt => State.StartedAt.ToLocalTime();

    /// <inheritdoc/>
    public override bool IsRunning => Volatile.Read(ref stopped) == 0;

    /// <inheritdoc/>
    public override long RequestCount => api!.RequestCount;

    /// <inheritdoc/>
    public override Task Completion => completion.Task;

    /// <inheritdoc/>
    public override string? AddressOf(string serviceArn)
    {
        var region = RegionOf(serviceArn) ?? throw new ResourceNotFoundException($"Service with the provided ARN could not be found: {serviceArn}");
        lock (region.Lock)
        {
            var service = region.Store<ServiceStore>().FindLive(serviceArn);
            return execution?.Find(service.Id) is { } executed ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{executed.Port}") : null;
        }
    }

    /// <inheritdoc/>
    public override void SetNextOutcome(string outcome, string? operationType = null, string? serviceName = null)
    {
        var request = new SetNextOutcomeRequest { Outcome = outcome, OperationType = operationType, ServiceName = serviceName };
        var problems = RequestRules.Check(request);
        if (problems.Count > 0)
            throw new InvalidParameterException("The outcome", problems);
        if (State.ForcedOutcomes.Add(request.ToForcedOutcome()) is { } refusal)
            throw new InvalidParameterException(refusal);
    }

    /// <inheritdoc/>
    public override void ApproveConnection(string connectionArn)
    {
        var region = RegionOf(connectionArn) ?? throw new ResourceNotFoundException($"Connection with the provided ARN could not be found: {connectionArn}");
        lock (region.Lock)
            region.Store<GitConnectionStore>().FindLive(connectionArn).Approve();
    }

    /// <inheritdoc/>
    public override void Stop()
    {
        if (Interlocked.Exchange(ref stopped, 1) == 0)
        {
            // On a thread pool thread: waiting here on the caller's synchronization context could deadlock.
            Task.Run(async () => await server.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
            StopExecution();
            completion.TrySetResult();
        }
        else
        {
            completion.Task.GetAwaiter().GetResult();
        }
    }

    // Do not create the state of a region for an ARN that is not valid.
    private Region? RegionOf(string text) => Arn.TryParse(text, out var arn) && RegionName.IsValid(arn.Region) ? State.Region(arn.Region) : null;

    private void StopExecution()
    {
        if (execution is not null)
            Task.Run(async () => await execution.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
    }
}
