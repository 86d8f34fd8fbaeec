using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.LocalEndpoints;

/// <summary>
/// Starts a local App Runner on loopback that speaks App Runner's API and makes no AWS call: a simulation in memory, or with -AllowExecution
/// one that runs services. While it runs, the session's cmdlets use it unless an identity or an endpoint is given.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "ARLocalEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(LocalEndpoint))]
public sealed class StartLocalEndpointCommand : LocalCommand, IDisposable
{
    // In milliseconds. In the foreground this command is the only one that can write what the endpoint reports.
    private const int WarningInterval = 250;

    private static readonly string[] ForExecution = [nameof(Secret), nameof(WorkFolder), nameof(BuildTimeout), nameof(StartTimeout)];

    private readonly CancellationTokenSource stop = new();

    /// <summary>The TCP port on loopback, 1 to 65535; 0 takes a free one. Default: 0.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The region that the session's cmdlets use with it. Default: us-east-1.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string Region { get; set; } = new LocalEndpointOptions().Region;

    /// <summary>The account in the ARNs, 12 digits. Default: 000000000000.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string AccountId { get; set; } = new LocalEndpointOptions().AccountId;

    /// <summary>The access key id that requests must be signed with; with SecretKey. Default: a random one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The secret key that requests must be signed with; with AccessKey. Default: a random one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretKey { get; set; }

    /// <summary>How long an operation takes: a number of seconds or a time span, 0 to 24 hours. Default: 2 s.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan OperationDuration { get; set; } = new LocalEndpointOptions().OperationDuration;

    /// <summary>Services that account and region may hold. Default: 30, as the service's own.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int ServiceQuota { get; set; } = new LocalEndpointOptions().ServiceQuota;

    /// <summary>Services are really built, run, checked and served: their commands run on this computer with your rights, those of source code in no container. Default: operations are only simulated.</summary>
    [Parameter]
    public SwitchParameter AllowExecution { get; set; }

    /// <summary>The values of the secrets and parameters that services refer to, as a hashtable by ARN or name. Never shown. With AllowExecution.</summary>
    [Parameter]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    [Alias("Secrets")]
    public Dictionary<string, string>? Secret { get; set; }

    /// <summary>The folder for source code and builds; nobody else may be able to write to it. Default: one of its own among the user's application data. With AllowExecution.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkFolder { get; set; }

    /// <summary>Time until source code is fetched and built, or an image pulled: a number of seconds or a time span, 1 s to 24 hours. Default: 10 minutes. With AllowExecution.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan BuildTimeout { get; set; } = new LocalEndpointOptions().BuildTimeout;

    /// <summary>Time until a new instance must be healthy: a number of seconds or a time span, 1 s to 24 hours. Default: 3 minutes. With AllowExecution.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan StartTimeout { get; set; } = new LocalEndpointOptions().StartTimeout;

    /// <summary>Serves until Ctrl+C, then stops the endpoint. Its object is written first.</summary>
    [Parameter]
    public SwitchParameter Foreground { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!AllowExecution && ForExecution.Where(MyInvocation.BoundParameters.ContainsKey).ToArray() is { Length: > 0 } idle)
            WriteWarning($"Without -AllowExecution nothing is run: -{string.Join(", -", idle)} has no effect.");
        var options = new LocalEndpointOptions
        {
            Port = Port,
            Region = Region,
            AccountId = AccountId,
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            OperationDuration = OperationDuration,
            ServiceQuota = ServiceQuota,
            AllowExecution = AllowExecution,
            Secrets = Secret,
            WorkFolder = WorkFolder is null ? null : GetUnresolvedProviderPathFromPSPath(WorkFolder),
            BuildTimeout = BuildTimeout,
            StartTimeout = StartTimeout,
            OnInternalError = ReportTo(Session),
        };
        Errors.Target = Port;
        Errors.ReportProblems(BindingProblems.Of(Secret, nameof(Secret)).ToArray(), "The secrets");
        if (!Confirmation.MayChange(this, Port == 0 ? "a free port on loopback" : $"port {Port} on loopback", AllowExecution ? "Start local App Runner, which runs the commands of services" : "Start local App Runner"))
            return;
        var endpoint = PrivateAssemblies.LocalEndpointStarter.Start(options, SystemClock.Instance);
        Session.Use(endpoint);
        try
        {
            WriteObject(endpoint);
            while (Foreground && !endpoint.Completion.Wait(WarningInterval, stop.Token))
                Session.WriteWarnings(this);
        }
        finally
        {
            if (Foreground)
                endpoint.Stop();
        }
    }

    // Static, so that the endpoint does not keep this command alive.
    private static Action<string> ReportTo(SessionContext session) =>
        report => session.PostWarning(report + ". This is a defect of this module, not of your service: please report it, with this text.");
}
