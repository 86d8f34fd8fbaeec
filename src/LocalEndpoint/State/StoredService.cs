using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A service: what it is, and what happens to it. Guarded by its region's lock.</summary>
internal sealed class StoredService : StoredResource
{
    // A service that is redeployed for days must not fill the memory.
    private const int MostOperations = 1000;

    private readonly List<StoredOperation> operations = [];
    private StoredOperation? running;
    private string statusBefore = string.Empty;
    private ServiceConfiguration? configurationBefore;
    private long nextOperation = 1;

    /// <summary>Makes a service on which no operation has begun yet.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="name">Its name.</param>
    /// <param name="configuration">What it shall run.</param>
    /// <param name="encryption">Its own key, if any.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="now">The time.</param>
    public StoredService(Region region, string name, ServiceConfiguration configuration, EncryptionConfiguration? encryption, IReadOnlyList<Tag>? tags, DateTime now)
        : base(region, "service", name, now, tags)
    {
        Url = region.NewHostName();
        Log = region.Store<LogStore>().For(name, Id);
        Configuration = configuration;
        Encryption = encryption;
    }

    /// <summary>The host of its URL; <see cref="IServiceRunner.Open"/> may replace it.</summary>
    public string Url { get; set; }

    /// <summary>Its log.</summary>
    public ServiceLog Log { get; }

    public EncryptionConfiguration? Encryption { get; }

    /// <summary>What it runs, or is about to run.</summary>
    public ServiceConfiguration Configuration { get; private set; }

    /// <summary>The resources that it uses, or will again if the running operation is rolled back.</summary>
    public IEnumerable<SharedResource> Shared => configurationBefore is null ? Configuration.Shared : Configuration.Shared.Union(configurationBefore.Shared);

    /// <summary>One of <see cref="ServiceStatus"/>.</summary>
    public string Status { get; private set; } = string.Empty;

    public DateTime UpdatedAt { get; private set; }

    /// <summary>Begins an operation; none runs.</summary>
    /// <param name="type">One of <see cref="OperationType"/>.</param>
    /// <param name="outcome">How it will end.</param>
    /// <param name="now">The time.</param>
    /// <param name="duration">How long it takes; null where it ends when its work has ended.</param>
    /// <param name="configuration">What the service runs if it ends well; null leaves that as it is.</param>
    /// <returns>The operation.</returns>
    public StoredOperation Begin(string type, string outcome, DateTime now, TimeSpan? duration, ServiceConfiguration? configuration = null)
    {
        var operation = new StoredOperation(nextOperation++, Guid.NewGuid().ToString(), type, outcome, now, now + duration);
        if (operations.Count == MostOperations)
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

    /// <summary>The work of the running operation has failed and is undone from now on.</summary>
    public void RollBack(DateTime now) => Change(running! with { RollingBackSince = now });

    /// <summary>Ends the running operation.</summary>
    /// <param name="outcome">How it ended, one of <see cref="OperationStatus"/>.</param>
    /// <param name="at">When it ended.</param>
    public void End(string outcome, DateTime at)
    {
        Change(running! with { Outcome = outcome, EndsAt = at });
        var operation = running!;
        var succeeded = operation.Outcome == OperationStatus.Succeeded;
        Status = (operation.Type, succeeded) switch
        {
            (OperationType.CreateService, true) => ServiceStatus.Running,
            (OperationType.CreateService, false) => ServiceStatus.CreateFailed,

            // A suspended service stays so with its new settings; one that could not be created is built anew.
            (OperationType.UpdateService, true) => statusBefore == ServiceStatus.Paused ? ServiceStatus.Paused : ServiceStatus.Running,
            (OperationType.DeleteService, true) => ServiceStatus.Deleted,
            (OperationType.DeleteService, false) => ServiceStatus.DeleteFailed,
            (OperationType.PauseService, true) => ServiceStatus.Paused,
            (OperationType.ResumeService, true) => ServiceStatus.Running,
            _ => statusBefore,
        };

        // ROLLBACK_FAILED is the one failure after which the old settings are not back.
        if (!succeeded && operation.Outcome != OperationStatus.RollbackFailed)
            Configuration = configurationBefore!;
        UpdatedAt = operation.EndsAt!.Value;
        running = null;
        configurationBefore = null;
    }

    /// <summary>The operations from a place on, newest first.</summary>
    /// <param name="before">The place before which to begin; null begins with the newest.</param>
    /// <param name="most">Most operations to give.</param>
    /// <param name="rest">Before which place the next page begins; null on the last one.</param>
    public List<StoredOperation> Operations(long? before, int most, out long? rest)
    {
        // Sequences are without gaps, so a place is computed.
        var end = (int)Math.Clamp((before ?? nextOperation) - operations[0].Sequence, 0, operations.Count);
        var count = Math.Min(most, end);
        rest = end > count ? operations[end - count].Sequence : null;
        return Enumerable.Range(1, count).Select(back => operations[end - back]).ToList();
    }

    /// <summary>One of its operations as ListOperations shows it.</summary>
    public Operation Show(StoredOperation operation, DateTime now) => operation.Show(Arn, operation == running, now);

    /// <summary>The service as DescribeService shows it.</summary>
    public Service Show() => new()
    {
        ServiceName = Name,
        ServiceId = Id,
        ServiceArn = Arn,
        ServiceUrl = Url,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        DeletedAt = DeletedAt,
        Status = Status,
        SourceConfiguration = Configuration.Source,
        InstanceConfiguration = Configuration.Instance,
        EncryptionConfiguration = Encryption,
        HealthCheckConfiguration = Configuration.HealthCheck,
        AutoScalingConfigurationSummary = Configuration.AutoScaling.ShowSummary(),
        NetworkConfiguration = Configuration.Network,
        ObservabilityConfiguration = Configuration.ShowObservability(),
    };

    /// <summary>The service as ListServices shows it.</summary>
    public ServiceSummary ShowSummary() => new()
    {
        ServiceName = Name,
        ServiceId = Id,
        ServiceArn = Arn,
        ServiceUrl = Url,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Status = Status,
    };

    private void Change(StoredOperation operation) => running = operations[^1] = operation;
}

/// <summary>An operation of a service. The status of a simulated one follows from the time; that of one that is executed follows from what its runner reports.</summary>
/// <param name="Sequence">Its place among the service's operations.</param>
/// <param name="Id">A UUID with dashes.</param>
/// <param name="Type">One of <see cref="OperationType"/>.</param>
/// <param name="Outcome">How it ends, one of <see cref="OperationStatus"/>; SUCCEEDED while it is carried out and that is not known.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndsAt">When it ends or has ended; null while it is carried out.</param>
/// <param name="RollingBackSince">When one that is carried out failed and began to be rolled back; else null.</param>
internal sealed record StoredOperation(long Sequence, string Id, string Type, string Outcome, DateTime StartedAt, DateTime? EndsAt, DateTime? RollingBackSince = null)
{
    // Pending for a moment; a rollback takes the last third.
    private DateTime BeginsAt => EndsAt is { } end ? StartedAt + ((end - StartedAt) / 20) : StartedAt;

    private DateTime RollsBackAt => RollingBackSince
        ?? (EndsAt is { } end && Outcome is OperationStatus.RollbackSucceeded or OperationStatus.RollbackFailed ? end - ((end - StartedAt) / 3) : DateTime.MaxValue);

    /// <summary>The operation as the API shows it.</summary>
    /// <param name="serviceArn">The service's ARN.</param>
    /// <param name="running">Whether it is the service's running operation.</param>
    /// <param name="now">The time.</param>
    public Operation Show(string serviceArn, bool running, DateTime now)
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
