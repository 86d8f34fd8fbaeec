using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A service with its status and operations. Guarded by the lock of its region.</summary>
internal sealed class StoredService : StoredResource
{
    // Limits the memory of a service that is deployed again and again.
    private const int MaxOperations = 1000;

    private readonly List<StoredOperation> operations = [];
    private StoredOperation? running;
    private string statusBefore = string.Empty;
    private ServiceConfiguration? configurationBefore;
    private long nextOperation = 1;

    /// <summary>Creates a service without operations.</summary>
    /// <param name="region">The region.</param>
    /// <param name="name">Its name.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="encryption">The encryption key; null for the default.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="now">The time.</param>
    public StoredService(Region region, string name, ServiceConfiguration configuration, EncryptionConfiguration? encryption, IReadOnlyList<Tag>? tags, DateTime now)
        : base(region, "service", name, now, tags)
    {
        Url = region.NewHostName("simulated.invalid");
        Log = region.Store<LogStore>().For(name, Id);
        Metrics = new ServiceMetrics(region.Endpoint.Clock);
        Configuration = configuration;
        Encryption = encryption;
    }

    /// <summary>The host of its URL; <see cref="IServiceRunner.Open"/> may replace it.</summary>
    public string Url { get; set; }

    /// <summary>Its log.</summary>
    public ServiceLog Log { get; }

    /// <summary>Its measured values; empty for a simulated service.</summary>
    public ServiceMetrics Metrics { get; }

    public EncryptionConfiguration? Encryption { get; }

    /// <summary>The configuration, which the running operation may still be applying.</summary>
    public ServiceConfiguration Configuration { get; private set; }

    /// <summary>The resources that it uses, or would use again after a rollback.</summary>
    public IEnumerable<SharedResource> Shared => configurationBefore is null ? Configuration.Shared : Configuration.Shared.Union(configurationBefore.Shared);

    /// <summary>One of <see cref="ServiceStatus"/>.</summary>
    public string Status { get; private set; } = string.Empty;

    public DateTime UpdatedAt { get; private set; }

    /// <summary>Starts an operation; no other one may be running.</summary>
    /// <param name="type">One of <see cref="OperationType"/>.</param>
    /// <param name="outcome">The outcome of a simulated operation.</param>
    /// <param name="now">The time.</param>
    /// <param name="duration">The duration; null if it ends when its work is done.</param>
    /// <param name="configuration">The new configuration if it succeeds; null keeps the current one.</param>
    /// <returns>The operation.</returns>
    public StoredOperation Begin(string type, string outcome, DateTime now, TimeSpan? duration, ServiceConfiguration? configuration = null)
    {
        var operation = new StoredOperation(nextOperation++, Guid.NewGuid().ToString("N"), type, outcome, now, now + duration);
        if (operations.Count == MaxOperations)
            operations.RemoveAt(0);
        operations.Add(operation);
        running = operation;
        statusBefore = Status;
        configurationBefore = Configuration;
        Configuration = configuration ?? Configuration;
        Status = ServiceStatus.OperationInProgress;
        UpdatedAt = now;
        return operation;
    }

    /// <summary>Marks the running operation as rolling back.</summary>
    public void RollBack(DateTime now) => Change(running! with { RollingBackSince = now });

    /// <summary>Ends the running operation.</summary>
    /// <param name="outcome">How it ended, one of <see cref="OperationStatus"/>.</param>
    /// <param name="at">When it ended.</param>
    /// <returns>The operation.</returns>
    public StoredOperation End(string outcome, DateTime at)
    {
        Change(running! with { Outcome = outcome, EndsAt = at });
        var operation = running!;
        var succeeded = operation.Outcome == OperationStatus.Succeeded;
        Status = (operation.Type, succeeded) switch
        {
            (OperationType.CreateService, true) => ServiceStatus.Running,
            (OperationType.CreateService, false) => ServiceStatus.CreateFailed,

            // A paused service stays paused; a service whose creation failed is running now.
            (OperationType.UpdateService, true) => statusBefore == ServiceStatus.Paused ? ServiceStatus.Paused : ServiceStatus.Running,
            (OperationType.DeleteService, true) => ServiceStatus.Deleted,
            (OperationType.DeleteService, false) => ServiceStatus.DeleteFailed,
            (OperationType.PauseService, true) => ServiceStatus.Paused,
            (OperationType.ResumeService, true) => ServiceStatus.Running,
            _ => statusBefore,
        };

        // After ROLLBACK_FAILED the new configuration stays; after any other failure the old one is restored.
        if (!succeeded && operation.Outcome != OperationStatus.RollbackFailed)
            Configuration = configurationBefore!;
        UpdatedAt = operation.EndsAt!.Value;
        running = null;
        configurationBefore = null;
        return operation;
    }

    /// <summary>Returns a page of operations, newest first.</summary>
    /// <param name="before">The sequence number after the first operation of the page; null for the first page.</param>
    /// <param name="maxResults">The page size.</param>
    /// <param name="next">The value of before for the next page; null on the last page.</param>
    public List<StoredOperation> Operations(long? before, int maxResults, out long? next)
    {
        // Sequence numbers have no gaps, so the index can be computed.
        var end = (int)Math.Clamp((before ?? nextOperation) - operations[0].Sequence, 0, operations.Count);
        var count = Math.Min(maxResults, end);
        next = end > count ? operations[end - count].Sequence : null;
        return Enumerable.Range(1, count).Select(back => operations[end - back]).ToList();
    }

    /// <summary>Converts an operation into the response of ListOperations.</summary>
    public Operation ToShape(StoredOperation operation, DateTime now) => operation.ToShape(Arn, operation == running, now);

    /// <summary>Converts the service into the response of DescribeService.</summary>
    public Service ToShape() => new()
    {
        ServiceName = Name,
        ServiceId = Id,
        ServiceArn = Arn,
        ServiceUrl = PublicUrl,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        DeletedAt = DeletedAt,
        Status = Status,
        SourceConfiguration = Configuration.Source,
        InstanceConfiguration = Configuration.Instance,
        EncryptionConfiguration = Encryption,
        HealthCheckConfiguration = Configuration.HealthCheck,
        AutoScalingConfigurationSummary = Configuration.AutoScaling.ToSummary(),
        NetworkConfiguration = Configuration.Network,
        ObservabilityConfiguration = Configuration.ToObservabilityShape(),
    };

    /// <summary>Converts the service into the response of ListServices.</summary>
    public ServiceSummary ToSummary() => new()
    {
        ServiceName = Name,
        ServiceId = Id,
        ServiceArn = Arn,
        ServiceUrl = PublicUrl,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Status = Status,
    };

    // A private service has no URL: it is reached through a VPC ingress connection.
    private string? PublicUrl => Configuration.Network.IngressConfiguration?.IsPubliclyAccessible == false ? null : Url;

    private void Change(StoredOperation operation) => running = operations[^1] = operation;
}

/// <summary>An operation of a service. The status of a simulated operation depends on the time, that of an executed operation on what the runner reports.</summary>
/// <param name="Sequence">Its position among the operations of the service.</param>
/// <param name="Id">32 hexadecimal digits, as App Runner sends them.</param>
/// <param name="Type">One of <see cref="OperationType"/>.</param>
/// <param name="Outcome">The outcome, one of <see cref="OperationStatus"/>; SUCCEEDED while an executed operation runs.</param>
/// <param name="StartedAt">The start time.</param>
/// <param name="EndsAt">The end time; null while an executed operation runs.</param>
/// <param name="RollingBackSince">When the rollback of an executed operation started; else null.</param>
internal sealed record StoredOperation(long Sequence, string Id, string Type, string Outcome, DateTime StartedAt, DateTime? EndsAt, DateTime? RollingBackSince = null)
{
    // A simulated operation is PENDING for 5% of its duration, and a rollback takes the last third.
    private DateTime BeginsAt => EndsAt is { } end ? StartedAt + ((end - StartedAt) / 20) : StartedAt;

    private DateTime RollsBackAt => RollingBackSince
        ?? (EndsAt is { } end && Outcome is OperationStatus.RollbackSucceeded or OperationStatus.RollbackFailed ? end - ((end - StartedAt) / 3) : DateTime.MaxValue);

    /// <summary>Converts the operation into the API's type.</summary>
    /// <param name="serviceArn">The service's ARN.</param>
    /// <param name="running">Whether the operation is running.</param>
    /// <param name="now">The time.</param>
    public Operation ToShape(string serviceArn, bool running, DateTime now)
    {
        var (status, updatedAt) = !running ? (Outcome, EndsAt!.Value)
            : now >= RollsBackAt ? (OperationStatus.RollbackInProgress, RollsBackAt)
            : now >= BeginsAt ? (OperationStatus.InProgress, BeginsAt)
            : (OperationStatus.Pending, StartedAt);
        return new Operation
        {
            Id = Id,
            Type = Type,
            Status = status,
            TargetArn = serviceArn,
            StartedAt = StartedAt,
            EndedAt = running ? null : EndsAt,
            UpdatedAt = updatedAt,
        };
    }
}
