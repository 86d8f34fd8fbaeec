using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;

namespace AppRunner.Module.Tests.Support;

/// <summary>A PowerShell session with the staged module, usually with its own local endpoint.</summary>
internal sealed class Session : IDisposable
{
    public const string Image = "public.ecr.aws/nginx/nginx:1";

    private const string Tab = "<TAB>";

    private readonly Runspace runspace;
    private readonly bool isEmpty;
    private LocalEndpoint? endpoint;

    private Session(bool isEmpty = false)
    {
        this.isEmpty = isEmpty;
        if (isEmpty)
        {
            Host = new RecordingHost();
            runspace = RunspaceFactory.CreateRunspace(Host, InitialSessionState.CreateDefault2());
            runspace.Open();
        }
        else
        {
            (runspace, Host) = IdleRunspaces.Take();
        }
    }

    public RecordingHost Host { get; }

    /// <summary>The endpoint that this session started.</summary>
    public LocalEndpoint Endpoint => endpoint.ShouldNotBeNull();

    /// <summary>A session without its own endpoint.</summary>
    public static Session Plain() => new();

    /// <summary>A session without the module.</summary>
    public static Session Empty() => new(isEmpty: true);

    /// <summary>A session with a local endpoint.</summary>
    /// <param name="parameters">Parameters of Start-ARLocalEndpoint.</param>
    public static Session Local(string parameters = "-OperationDuration 0.05")
    {
        var session = new Session();

        // Most tests count warnings of their own.
        session.Run("""
            $type = (Get-Command New-ARService).ImplementingType.Assembly.GetType('AppRunner.Session.SessionContext')
            $type.GetProperty('HasSimulationWarning').SetValue($type.GetProperty('Current').GetValue($null), $true)
            """).ShouldBeClean();
        session.endpoint = session.Run("Start-ARLocalEndpoint " + parameters).All<LocalEndpoint>().ShouldHaveSingleItem();
        return session;
    }

    /// <summary>A session whose cmdlets use a test server by default.</summary>
    public static Session To(ScriptedServer server)
    {
        var session = new Session();
        session.Run($"Set-ARContext -Region us-east-1 -AccessKey {Keys.AccessKey} -SecretKey {Keys.SecretKey} -EndpointUrl {server.Url}").ShouldBeClean();
        return session;
    }

    /// <summary>A session whose cmdlets use a new local endpoint through a relay, which the caller disposes.</summary>
    /// <param name="relay">The relay.</param>
    /// <param name="parameters">Parameters of Start-ARLocalEndpoint.</param>
    /// <param name="preparation">A script that runs without the relay.</param>
    public static Session Relayed(out Relay relay, string parameters = "-OperationDuration 0.05", string preparation = "")
    {
        var session = Local(parameters);
        session.Run(preparation).ShouldBeClean();
        relay = new Relay(session.Endpoint);
        session.Run($"Set-ARContext -Region us-east-1 -AccessKey {Keys.AccessKey} -SecretKey {Keys.SecretKey} -EndpointUrl {relay.Server.Url}").ShouldBeClean();
        return session;
    }

    /// <summary>Replaces the client of this session. Set by reflection, because the session's connector is internal.</summary>
    public void UseConnector(IAppRunnerConnector connector)
    {
        this["connector"] = connector;
        Run("""
            $type = (Get-Command New-ARService).ImplementingType.Assembly.GetType('AppRunner.Session.SessionContext')
            $type.GetProperty('Connector').SetValue($type.GetProperty('Current').GetValue($null), $connector)
            """).ShouldBeClean();
    }

    public object? this[string variable]
    {
        get => runspace.SessionStateProxy.GetVariable(variable) is PSObject wrapped ? wrapped.BaseObject : runspace.SessionStateProxy.GetVariable(variable);
        set => runspace.SessionStateProxy.SetVariable(variable, value);
    }

    public RunResult Run(string script)
    {
        using var shell = Shell(script);
        var output = new PSDataCollection<PSObject?>();
        try
        {
            shell.Invoke(null, output);
            return new RunResult(output, shell.Streams, null);
        }
        catch (RuntimeException ended)
        {
            return new RunResult(output, shell.Streams, ended);
        }
    }

    /// <summary>Creates a running service.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="more">More parameters of New-ARService.</param>
    public Service NewService(string name, string more = "") => Run($"New-ARService {name} {Image} -Wait -PollInterval 0.02 {more}").Service;

    /// <summary>Creates an available connection and returns its ARN.</summary>
    public string NewConnection() => Run("New-ARConnection github GITHUB -WarningAction SilentlyContinue | Approve-ARConnection").All<ConnectionSummary>().ShouldHaveSingleItem().ConnectionArn!;

    /// <summary>Runs a script, and stops it like Ctrl+C.</summary>
    /// <param name="script">The script.</param>
    /// <param name="moment">Completes when the script is to be stopped.</param>
    /// <returns>The output, and the time the script took to end after the stop.</returns>
    public async Task<(RunResult Result, TimeSpan Took)> StopAsync(string script, Task moment)
    {
        using var shell = Shell(script);
        var output = new PSDataCollection<PSObject?>();
        var running = shell.InvokeAsync<PSObject, PSObject?>(null, output);
        await (await Task.WhenAny(moment, running)).WaitAsync(TimeSpan.FromSeconds(20));
        running.IsCompleted.ShouldBeFalse("The script ended before it was stopped.");
        var began = System.Diagnostics.Stopwatch.StartNew();
        await shell.StopAsync(null, null).WaitAsync(TimeSpan.FromSeconds(20));
        var took = began.Elapsed;
        Exception? ended = null;
        try
        {
            await running.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (PipelineStoppedException stopped)
        {
            ended = stopped;
        }

        return (new RunResult(output, shell.Streams, ended), took);
    }

    /// <summary>The output of a script in the default views.</summary>
    public string Show(string script)
    {
        Host.Screen.Clear();
        using var shell = Shell(script);
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Invoke();
        return string.Join("\n", Host.Screen);
    }

    /// <summary>The completions at the end of a line.</summary>
    public IReadOnlyList<string> Complete(string line) => [.. Completions(line).Select(match => match.CompletionText)];

    /// <summary>The completions at a place in a text, with their tooltips.</summary>
    /// <param name="text">The text, with <c>&lt;TAB&gt;</c> at the place, or completed at its end.</param>
    public IReadOnlyList<CompletionResult> Completions(string text)
    {
        var place = text.IndexOf(Tab, StringComparison.Ordinal);
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        return CommandCompletion.CompleteInput(text.Replace(Tab, string.Empty, StringComparison.Ordinal), place < 0 ? text.Length : place, null, shell).CompletionMatches;
    }

    public void Dispose()
    {
        endpoint?.Dispose();
        if (isEmpty)
            runspace.Dispose();
        else
            IdleRunspaces.Return(runspace, Host);
    }

    private PowerShell Shell(string script)
    {
        var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script);
        return shell;
    }
}
