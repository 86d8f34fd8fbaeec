using System;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.HealthChecks;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>
/// Looks at the URLs of services as their health checks are configured (HealthCheckConfiguration of DescribeService): connects, or asks for
/// the path. A failed probe is output (Succeeded = False), no error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ARService")]
[OutputType(typeof(ServiceProbe), typeof(bool))]
public sealed class TestServiceCommand : RemoteCommand<string>
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    private Task last = Task.CompletedTask;

    /// <summary>The services: names, ARNs, or objects that carry ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>A path to ask for by HTTP, in place of what the health check says. Default: its Path where its Protocol is HTTP; with TCP nothing is asked.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>How many times to look at each service. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>The time to wait for an answer: a number of seconds or a time span, at most a day. Default: the health check's Timeout.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; }

    /// <summary>The time between two looks at a service: a number of seconds or a time span, at most a day. Default: the health check's Interval.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Interval { get; set; }

    /// <summary>Gives a bool for each service instead, in the order of the services: true when every look succeeded.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override int Width => 8;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        foreach (var (name, value) in new[] { (nameof(Timeout), Timeout), (nameof(Interval), Interval) })
        {
            if (MyInvocation.BoundParameters.ContainsKey(name) && (value <= TimeSpan.Zero || value > MaxDuration))
                throw new InvalidParameterException($"{name} must be longer than zero and at most a day.");
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
        {
            Errors.Target = identity.Target;
            var before = last;
            var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            last = done.Task;
            Work.Enqueue(identity.Target, async () =>
            {
                try
                {
                    await TestAsync(identity, before).ConfigureAwait(false);
                }
                finally
                {
                    done.SetResult(true);
                }
            });
        }
    }

    private async Task TestAsync(ResourceIdentity identity, Task before)
    {
        var resource = await Resolver.ResolveAsync(identity, ResourceKind.Service, Region).ConfigureAwait(false);
        var service = await resource.Connection.DescribeAsync(resource.Arn, Stopped).ConfigureAwait(false);
        var check = service.HealthCheckConfiguration ?? new HealthCheckConfiguration();
        var probeAsync = Prober(service, check, resource.Connection.Endpoint.IsLoopback);
        var pause = Interval > TimeSpan.Zero ? Interval : TimeSpan.FromSeconds(check.Interval ?? Defaults.Number<HealthCheckConfiguration>(nameof(check.Interval)));
        var succeeded = true;
        for (var i = 0; i < Count; i++)
        {
            if (i > 0)
                await SystemClock.Instance.Delay(pause, Stopped).ConfigureAwait(false);
            var probe = await probeAsync().ConfigureAwait(false);
            probe.ServiceName = service.ServiceName;
            probe.ServiceArn = service.ServiceArn;
            succeeded &= probe.Succeeded;
            if (!Quiet)
                await Work.PostAsync(() => WriteObject(probe)).ConfigureAwait(false);
        }

        if (!Quiet)
            return;

        // A bool does not say whose it is.
        await before.ConfigureAwait(false);
        await Work.PostAsync(() => WriteObject(succeeded)).ConfigureAwait(false);
    }

    private Func<Task<ServiceProbe>> Prober(Service service, HealthCheckConfiguration check, bool isOnLocalEndpoint)
    {
        // A local endpoint, this session's or another one's, makes up names of AWS for what it only simulates: they are not to be asked for.
        var path = Path ?? (check.Protocol == HealthCheckProtocol.Http ? check.Path ?? Defaults.Text<HealthCheckConfiguration>(nameof(check.Path)) : null);
        var address = ServiceAddress.Of(service.ServiceUrl);
        var obstacle = address is null
            ? "the service has no URL"
            : isOnLocalEndpoint && !address.IsLocal ? "the service is simulated: nothing runs at its URL. Start-ARLocalEndpoint -AllowExecution runs services for real" : null;
        if (obstacle is null)
        {
            var prober = new ServiceProber(address!, path, Timeout > TimeSpan.Zero ? Timeout : TimeSpan.FromSeconds(check.Timeout ?? Defaults.Number<HealthCheckConfiguration>(nameof(check.Timeout))));
            return () => prober.ProbeAsync(Stopped);
        }

        return () => Task.FromResult(new ServiceProbe
        {
            Url = address?.Show(path),
            Protocol = path is null ? HealthCheckProtocol.Tcp : HealthCheckProtocol.Http,
            Error = obstacle,
            StartedAt = DateTime.UtcNow,
        });
    }
}
