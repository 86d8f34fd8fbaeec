using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Completion;
using AppRunner.Connections;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Resources;

namespace AppRunner.Common;

/// <summary>The base of cmdlets that call App Runner: connection parameters, concurrent work, Ctrl+C.</summary>
public abstract class RemoteCommand : AppRunnerCommand, IDisposable
{
    // A screenful; hundreds of waits that are given up say the same.
    private const int MostSentences = 20;

    private readonly CancellationTokenSource stop = new();
    private readonly PipelinePump pump = new();
    private readonly ConcurrentDictionary<object, string> underWay = new();
    private readonly Dictionary<string, Task<IAppRunnerConnection>> connections = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ResourceKind, ResourceResolver> resolvers = [];
    private AwsToolsVariables tools = null!;
    private int running;

    /// <summary>A profile of the shared AWS configuration and credentials files. It alone is used: another identity never steps in.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>The access key id of a pair of keys; with SecretKey.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key of a pair of keys. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary keys. Never shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>Keys as an object: a PSCredential (user name = access key id, password = secret key), what STS answers, or an AWSCredentials of AWS.Tools.</summary>
    [Parameter]
    [CredentialTransformation]
    public AwsKeys? Credential { get; set; }

    /// <summary>An address to use in place of the region's, such as <c>http://127.0.0.1:8990</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>Ends with Ctrl+C.</summary>
    private protected CancellationToken Stopped => stop.Token;

    /// <summary>How many pieces of work run at once.</summary>
    private protected virtual int Width => 1;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        tools = new AwsToolsVariables(SessionState.PSVariable);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        stop.Cancel();
        TellUnfinished();
    }

    /// <summary>Stops what still runs: the pipeline may end before this command has (Select-Object -First).</summary>
    /// <param name="disposing">True from Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        // Not disposed, only cancelled: tasks that are ending still hold the token.
        if (!disposing)
            return;
        stop.Cancel();
        pump.Dispose();
        TellUnfinished();
    }

    /// <inheritdoc/>
    private protected override bool IsHopeless(string errorId) => errorId == ErrorIds.NoCredential;

    /// <inheritdoc/>
    private protected override void End() => RunUntil(() => Volatile.Read(ref running) == 0);

    /// <summary>The connection for a region.</summary>
    /// <param name="region">The region that is asked for, by parameter or by an ARN; null for the default.</param>
    /// <returns>The connection.</returns>
    private protected Task<IAppRunnerConnection> ConnectAsync(string? region)
    {
        // Once per call of a cmdlet and region; a failure is not kept.
        lock (connections)
        {
            if (!connections.TryGetValue(region ?? string.Empty, out var connection) || connection.IsFaulted || connection.IsCanceled)
                connections[region ?? string.Empty] = connection = ConnectionPool.GetAsync(SettingsFor(region), Stopped);
            return connection;
        }
    }

    /// <summary>Waits on the pipeline's thread for a task, writing meanwhile what others post.</summary>
    /// <typeparam name="T">The task's result.</typeparam>
    /// <param name="work">The task.</param>
    /// <returns>The result.</returns>
    private protected T Await<T>(Func<Task<T>> work)
    {
        // Begun here, not on another thread: what is known already (an ARN, an open connection) is answered without a detour.
        var task = work();
        if (task.IsCompleted)
            return task.GetAwaiter().GetResult();
        _ = task.ContinueWith(_ => pump.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        RunUntil(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Starts work as soon as there is room, and lets it run beside the pipeline. Its errors are written.</summary>
    /// <param name="target">What the work is about; the TargetObject of its errors.</param>
    /// <param name="work">The work.</param>
    private protected void Enqueue(object? target, Func<Task> work)
    {
        RunUntil(() => Volatile.Read(ref running) < Width);
        Start(target, work, ref running, () => Interlocked.Decrement(ref running));
        if (Width == 1)
            RunUntil(() => Volatile.Read(ref running) == 0);
        else
            pump.RunPending();
    }

    /// <summary>Starts work that does not count against the width.</summary>
    /// <param name="target">What the work is about.</param>
    /// <param name="work">The work.</param>
    /// <param name="counter">Counts it.</param>
    /// <param name="ended">Called when it has ended.</param>
    private protected void Start(object? target, Func<Task> work, ref int counter, Action ended)
    {
        Interlocked.Increment(ref counter);
        _ = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (Stopped.IsCancellationRequested)
            {
                // Ctrl+C writes no error.
            }
            catch (Exception exception) when (!Stopped.IsCancellationRequested)
            {
                await PostAsync(() => Fail(exception, target)).ConfigureAwait(false);
            }
            finally
            {
                ended();
                pump.Wake();
            }
        });
    }

    /// <summary>Hands an action to the pipeline's thread.</summary>
    /// <param name="action">What to do there.</param>
    /// <returns>A task that ends when it is queued.</returns>
    private protected Task PostAsync(Action action) => pump.PostAsync(action, Stopped);

    /// <summary>Runs posted actions until something is so.</summary>
    /// <param name="done">What is waited for.</param>
    private protected void RunUntil(Func<bool> done) => pump.RunUntil(done, Tick, Stopped);

    /// <summary>Called on the pipeline's thread now and then.</summary>
    private protected virtual void Tick()
    {
    }

    /// <summary>Marks something as begun that Ctrl+C would leave open.</summary>
    /// <param name="sentence">What to tell in that case.</param>
    /// <returns>Dispose it when it is settled.</returns>
    private protected IDisposable UnderWay(string sentence)
    {
        var key = new object();
        underWay[key] = sentence;
        return new Settled(() => underWay.TryRemove(key, out _));
    }

    /// <summary>Does something that Ctrl+C would leave open, and tells so if that happens.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="sentence">What to tell in that case.</param>
    /// <param name="work">What is done.</param>
    /// <returns>The result.</returns>
    private protected async Task<T> TrackedAsync<T>(string sentence, Func<Task<T>> work)
    {
        var open = UnderWay(sentence);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            if (!Stopped.IsCancellationRequested)
                open.Dispose();
        }
    }

    /// <summary>Finds a resource; names are looked up once per call of the cmdlet.</summary>
    /// <param name="identity">What the caller gave.</param>
    /// <param name="kind">What a name means.</param>
    /// <param name="region">The region that was asked for; the region of an ARN wins.</param>
    /// <returns>The resource.</returns>
    private protected Task<ResolvedResource> ResolveAsync(ResourceIdentity identity, ResourceKind kind, string? region)
    {
        ResourceResolver? resolver;
        lock (resolvers)
        {
            if (!resolvers.TryGetValue(kind, out resolver))
                resolvers[kind] = resolver = new ResourceResolver(kind, ConnectAsync);
        }

        return resolver.ResolveAsync(identity, region, Stopped);
    }

    /// <summary>Shows a request that changes something to who wants to see it, and asks whether it may be sent.</summary>
    /// <param name="request">The request, for -Verbose.</param>
    /// <param name="caption">What it is done to, for ShouldProcess.</param>
    /// <param name="action">What is done, for ShouldProcess: a verb.</param>
    /// <param name="connection">Where it would be sent.</param>
    /// <returns>False with -WhatIf, or where the user says no.</returns>
    private protected bool IsAllowed(AppRunnerRequest request, string caption, string action, IAppRunnerConnection connection)
    {
        if (IsVerbose)
            WriteVerbose($"{request.Operation} to {connection.Endpoint} as {connection.CredentialSource}:\n{SecretMasking.Write(request)}");
        return MayChange(caption, action);
    }

    /// <summary>A part that an answer must have.</summary>
    /// <typeparam name="T">The part.</typeparam>
    /// <param name="part">What the answer has.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>The part.</returns>
    /// <exception cref="InternalServiceErrorException">The answer lacks it.</exception>
    private protected static T Need<T>(T? part, AppRunnerRequest request, AppRunnerResponse answer)
        where T : class => part ?? throw new InternalServiceErrorException($"{request.Operation} was answered without its result.") { RequestId = answer.RequestId };

    /// <summary>Whether a connection leads to the local endpoint that this session uses.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>False for AWS.</returns>
    private protected bool IsLocal(IAppRunnerConnection connection) =>
        connection.Endpoint.IsLoopback && connection.Endpoint.ToString() == Session.LocalEndpoint?.EndpointUrl.TrimEnd('/') + "/";

    /// <summary>Writes a resource and remembers its name.</summary>
    /// <param name="resource">The resource.</param>
    private protected void WriteResource(IResource resource)
    {
        Session.Remember(resource);
        WriteObject(resource);
    }

    private ConnectionSettings SettingsFor(string? region)
    {
        var defaults = Session.Defaults;
        var given = new GivenIdentity(ProfileName, AccessKey, SecretKey, SessionToken, Credential);
        given.Check();
        if (!given.IsGiven && EndpointUrl is null && Session.LocalEndpoint is { } local)
            return new ConnectionSettings(region ?? defaults.Region ?? local.Region, null, local.AccessKey, local.SecretKey, null, local.EndpointUrl);
        var settings = given.Over(defaults) with { Region = region ?? defaults.Region ?? tools.Region, EndpointUrl = EndpointUrl ?? defaults.EndpointUrl };
        return GivenIdentity.IsIn(settings) ? settings : tools.Over(settings);
    }

    // The pipeline takes no more words, but what was sent and not answered must not pass unsaid.
    private void TellUnfinished()
    {
        try
        {
            var untold = 0;
            foreach (var key in underWay.Keys)
            {
                if (underWay.TryRemove(key, out var sentence) && ++untold <= MostSentences)
                    Host?.UI?.WriteWarningLine(sentence);
            }

            if (untold > MostSentences)
                Host?.UI?.WriteWarningLine($"{untold - MostSentences} more were cut off likewise: look with Get-ARService and Get-AROperation.");
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or InvalidOperationException)
        {
            // A host without a screen has nobody to tell.
        }
    }

    private sealed class Settled(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
