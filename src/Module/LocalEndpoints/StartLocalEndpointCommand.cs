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
/// Starts a local endpoint: App Runner's API on loopback, without AWS calls. It simulates services in memory, or runs them with
/// -AllowExecution. While it runs, the session's cmdlets use it unless credentials or an endpoint are given.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "ARLocalEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(LocalEndpoint))]
public sealed class StartLocalEndpointCommand : LocalCommand, IDisposable
{
    // In milliseconds. In the foreground, only this command can write the warnings of the endpoint.
    private const int WarningInterval = 250;

    private static readonly string[] ExecutionOnly = [nameof(Secret), nameof(WorkFolder), nameof(BuildTimeout), nameof(StartTimeout)];

    private readonly CancellationTokenSource stop = new();

    /// <summary>The TCP port on loopback, 1 to 65535; 0 selects a free port. Default: 0.</summary>
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

    /// <summary>The maximum number of services in the account and region. Default: 30, the same as on AWS.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    [NumberTransformation]
    public int ServiceQuota { get; set; } = new LocalEndpointOptions().ServiceQuota;

    /// <summary>Builds and runs services, checks their health and forwards requests to them. The commands of services run on this computer with your permissions; those of source code run without a container. Default: operations are only simulated.</summary>
    [Parameter]
    public SwitchParameter AllowExecution { get; set; }

    /// <summary>The values of the secrets and parameters that services refer to, as a hashtable by ARN or name. Never shown. Requires AllowExecution.</summary>
    [Parameter]
    [ModelTransformation(typeof(Dictionary<string, string>))]
    [Alias("Secrets")]
    public Dictionary<string, string>? Secret { get; set; }

    /// <summary>The folder for source code and builds; other users must not have write access. Default: a folder in the user's application data. Requires AllowExecution.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkFolder { get; set; }

    /// <summary>The maximum time to fetch and build source code, or to pull an image: a number of seconds or a time span, 1 s to 24 hours. Default: 10 minutes. Requires AllowExecution.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan BuildTimeout { get; set; } = new LocalEndpointOptions().BuildTimeout;

    /// <summary>The maximum time until a new instance is healthy: a number of seconds or a time span, 1 s to 24 hours. Default: 3 minutes. Requires AllowExecution.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan StartTimeout { get; set; } = new LocalEndpointOptions().StartTimeout;

    /// <summary>Writes the endpoint, runs until Ctrl+C, and then stops the endpoint.</summary>
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
        if (!AllowExecution && ExecutionOnly.Where(MyInvocation.BoundParameters.ContainsKey).ToArray() is { Length: > 0 } ignored)
            WriteWarning($"Without -AllowExecution, -{string.Join(", -", ignored)} has no effect.");
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
            OnInternalError = ReportTo(Session, MyInvocation.MyCommand.Module),
        };
        Errors.Target = Port;
        Errors.ReportProblems(BindingProblems.Of(Secret, nameof(Secret)).ToArray(), "The secrets");
        if (!Confirmation.ShouldProcess(this, Port == 0 ? "a free port on loopback" : $"port {Port} on loopback", AllowExecution ? "Start local endpoint that runs the commands of services" : "Start local endpoint"))
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
    private static Action<string> ReportTo(SessionContext session, PSModuleInfo? module) => report => session.PostWarning(ErrorRecords.DefectWarning(report, module));
}
