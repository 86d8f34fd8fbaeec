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
/// Probes the URLs of services by HTTP as their health checks are configured (HealthCheckConfiguration of DescribeService), unless their
/// status says that they do not run. A failed probe is output (Succeeded = False), not an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ARService")]
[OutputType(typeof(ServiceProbe), typeof(bool))]
public sealed class TestServiceCommand : RemoteCommand<string>
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    private Task last = Task.CompletedTask;

    /// <summary>The services: names, ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>A path to request by HTTP instead of the health check's. Default: the health check's Path if its Protocol is HTTP; else <c>/</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>HTTP sends a request; only status 200 is success. TCP only opens a connection, which on AWS shows that the load balancer is there and not that the service works. Default: a request; if the health check's Protocol is TCP, every status below 500 is success.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HealthCheckProtocolCompleter))]
    public string? Protocol { get; set; }

    /// <summary>How many times to probe each service. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation]
    public int Count { get; set; } = 1;

    /// <summary>The maximum time to wait for a response: a number of seconds or a time span, at most a day. Default: the health check's Timeout.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; }

    /// <summary>The time between two probes of a service: a number of seconds or a time span, at most a day. Default: the health check's Interval.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Interval { get; set; }

    /// <summary>Writes a Boolean for each service instead, in the order of the services: true if every probe succeeded.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => 8;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (Protocol is not null && !IsConnectionOnly && !HealthCheckProtocol.Http.Equals(Protocol, StringComparison.OrdinalIgnoreCase))
            throw new InvalidParameterException($"Protocol: '{Protocol}' must be TCP or HTTP.");
        if (Path is not null && IsConnectionOnly)
            throw new InvalidParameterException("-Path requires HTTP: it cannot be combined with -Protocol TCP.");
        foreach (var (name, value) in new[] { (nameof(Timeout), Timeout), (nameof(Interval), Interval) })
        {
            if (MyInvocation.BoundParameters.ContainsKey(name) && (value <= TimeSpan.Zero || value > MaxDuration))
                throw new InvalidParameterException($"{name} must be greater than zero and at most 1 day.");
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

    private bool IsConnectionOnly => HealthCheckProtocol.Tcp.Equals(Protocol, StringComparison.OrdinalIgnoreCase);

    private async Task TestAsync(ResourceIdentity identity, Task before)
    {
        var resource = await Resolver.ResolveAsync(identity, ResourceKind.Service, Region).ConfigureAwait(false);
        var service = await resource.Connection.DescribeAsync(resource.Arn, Stopped).ConfigureAwait(false);
        var check = service.HealthCheckConfiguration ?? new HealthCheckConfiguration();
        var probeAsync = Prober(service, check);
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

        // A Boolean does not identify its service, so keep the order of the input.
        await before.ConfigureAwait(false);
        await Work.PostAsync(() => WriteObject(succeeded)).ConfigureAwait(false);
    }

    private Func<Task<ServiceProbe>> Prober(Service service, HealthCheckConfiguration check)
    {
        // The load balancer accepts connections, and answers with its own pages, also while no program runs. So a request is sent unless a
        // connection is asked for, and the load balancer's 5xx never count as success.
        var isHttp = check.Protocol == HealthCheckProtocol.Http;
        var path = IsConnectionOnly ? null : Path ?? (isHttp ? check.Path : null) ?? Defaults.Text<HealthCheckConfiguration>(nameof(check.Path));
        var isStrict = isHttp || Path is not null || Protocol is not null;
        var address = ServiceAddress.Of(service.ServiceUrl);

        var reason = service.Status is ServiceStatus.CreateFailed or ServiceStatus.Paused or ServiceStatus.Deleted ? service.Status
            : address is null
            ? service.NetworkConfiguration?.IngressConfiguration?.IsPubliclyAccessible == false ? "private: only reached through a VPC ingress connection" : "the service has no URL"
            : address.IsSimulated ? "simulated: nothing runs there" : null;
        if (reason is null)
        {
            var prober = new ServiceProber(address!, path, isStrict, Timeout > TimeSpan.Zero ? Timeout : TimeSpan.FromSeconds(check.Timeout ?? Defaults.Number<HealthCheckConfiguration>(nameof(check.Timeout))));
            return () => prober.ProbeAsync(Stopped);
        }

        return () => Task.FromResult(new ServiceProbe
        {
            Url = address?.DisplayUrl(path),
            Protocol = path is null ? HealthCheckProtocol.Tcp : HealthCheckProtocol.Http,
            Error = reason,
            StartedAt = DateTime.Now,
        });
    }
}
