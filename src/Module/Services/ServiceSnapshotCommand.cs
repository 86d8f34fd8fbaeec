using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The base of the cmdlets that read services with what they use, in order to export or examine them; with the parameters that decide how they move to Amazon ECS Express Mode.</summary>
public abstract class ServiceSnapshotCommand : RemoteCommand<string>
{
    private readonly List<Entry> entries = [];
    private SnapshotParts parts;

    /// <summary>The services: names (wildcards allowed), ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    [SupportsWildcards]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>For Amazon ECS Express Mode: the role with which Amazon ECS pulls the image, reads the secrets and writes the logs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExecutionRoleArn { get; set; }

    /// <summary>For Amazon ECS Express Mode: the role with which Amazon ECS creates the load balancer and scaling.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InfrastructureRoleArn { get; set; }

    /// <summary>For Amazon ECS Express Mode: the role of the application. Default: the instance role.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TaskRoleArn { get; set; }

    /// <summary>For Amazon ECS Express Mode: the subnets of load balancer and tasks; at least two.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Subnet { get; set; }

    /// <summary>For Amazon ECS Express Mode: the security groups of the tasks. Default: those of the VPC connector.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SecurityGroup { get; set; }

    /// <summary>For Amazon ECS Express Mode: the path of the health check. Default: that of an HTTP check.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HealthCheckPath { get; set; }

    /// <summary>For Amazon ECS Express Mode: the image. Default: that of an image service.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>For Amazon ECS Express Mode: the metric to scale by. Default: AVERAGE_CPU.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExpressScalingMetricCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AutoScalingMetric { get; set; }

    /// <summary>For Amazon ECS Express Mode: the target of the metric. Default: 60 percent.</summary>
    [Parameter]
    public int? AutoScalingTargetValue { get; set; }

    /// <summary>For Amazon ECS Express Mode: the name or ARN of the cluster. Default: the cluster default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Cluster { get; set; }

    /// <summary>The apprunner.yaml of a code service with ConfigurationSource REPOSITORY.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SourceFile { get; set; }

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => 8;

    /// <summary>The format to read the services for, and its switches.</summary>
    private protected ExportOptions Options { get; private set; } = null!; // Set in Begin.

    /// <summary>The services that were read, in the order of the input, each once.</summary>
    private protected IEnumerable<ServiceSnapshot> Snapshots =>
        entries.Select(entry => entry.Snapshot).OfType<ServiceSnapshot>().GroupBy(snapshot => snapshot.Service.ServiceArn, StringComparer.Ordinal).Select(same => same.First());

    /// <summary>Whether a service was not read, and its error was written.</summary>
    private protected bool HasFailed => entries.Any(entry => entry.Snapshot is null);

    /// <summary>Reads the parameters.</summary>
    /// <param name="format">The format to read the services for.</param>
    /// <param name="switches">Makes the options of the cmdlet from the decisions and the content of SourceFile.</param>
    private protected void Begin(string format, Func<ExpressDecisions, Model.SourceFile?, ExportOptions> switches)
    {
        var decisions = new ExpressDecisions
        {
            ExecutionRoleArn = ExecutionRoleArn,
            InfrastructureRoleArn = InfrastructureRoleArn,
            TaskRoleArn = TaskRoleArn,
            Subnet = Subnet?.ToList(),
            SecurityGroup = SecurityGroup?.ToList(),
            HealthCheckPath = HealthCheckPath,
            Image = Image,
            AutoScalingMetric = AutoScalingMetric?.ToUpperInvariant(),
            AutoScalingTargetValue = AutoScalingTargetValue,
            Cluster = Cluster,
        };
        Errors.ReportProblems(RequestRules.Check(decisions), "The command");
        Options = switches(decisions, SourceFile is null ? null : ReadSourceFile(SourceFile));
        parts = PrivateAssemblies.ServiceExporter.PartsFor(format, Options);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
        {
            Errors.Target = identity.Target;
            if (identity is { Problem: null, Arn: null } && WildcardPattern.ContainsWildcardCharacters(identity.Name))
                Errors.Guard(() => ReadMatching(Wildcards.Parse(identity.Name!)));
            else
                Read(identity);
        }
    }

    /// <summary>Called with each service when it has been read, not on the pipeline thread.</summary>
    /// <param name="snapshot">The service.</param>
    /// <returns>A task that completes when it has been processed.</returns>
    private protected virtual Task OnReadAsync(ServiceSnapshot snapshot) => Task.CompletedTask;

    private Model.SourceFile ReadSourceFile(string path)
    {
        var file = DefinitionFiles.ResolveLiterally(this, path, nameof(SourceFile)).Single();
        var (content, problems) = DefinitionFiles.Read(file, PrivateAssemblies.SourceFileReader.ReadFile, nameof(SourceFile));
        Errors.ReportProblems(problems.Select(problem => new Problem(string.Empty, problem.ToString(), problem.Severity)).ToArray(), "SourceFile");
        return content!;
    }

    private void ReadMatching(WildcardPattern pattern)
    {
        var found = new List<ResourceIdentity>();
        _ = Work.Await(async () =>
        {
            var connection = await Connections.ConnectAsync(Region).ConfigureAwait(false);
            await ResourceKind.Service.ListAsync(
                connection,
                resource =>
                {
                    if (ResourceKind.IsActive(resource) && Arn.TryParse(resource.ResourceArn, out var arn) && pattern.IsMatch(arn.Name))
                        found.Add(new ResourceIdentity(resource, arn.Text, arn.Name));
                },
                Stopped).ConfigureAwait(false);
            return true;
        });
        foreach (var identity in found)
            Read(identity);
    }

    private void Read(ResourceIdentity identity)
    {
        var entry = new Entry();
        entries.Add(entry);
        Work.Enqueue(identity.Target, async () =>
        {
            var service = await Resolver.ResolveAsync(identity, ResourceKind.Service, Region).ConfigureAwait(false);
            entry.Snapshot = await ServiceSnapshot.ReadAsync(service.Connection, service.Arn, parts, Stopped).ConfigureAwait(false);
            await OnReadAsync(entry.Snapshot).ConfigureAwait(false);
        });
    }

    // A place for a service, in the order of the input; without a snapshot, an error was written.
    private sealed class Entry
    {
        public ServiceSnapshot? Snapshot { get; set; }
    }
}
