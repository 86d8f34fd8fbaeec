using System;
using System.ComponentModel;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A long-running action on a service (API: OperationSummary).</summary>
public sealed class Operation
{
    /// <summary>The operation's id: 32 hexadecimal digits, or a UUID with dashes.</summary>
    public string? Id { get; set; }

    /// <summary>CREATE_SERVICE, UPDATE_SERVICE, PAUSE_SERVICE, RESUME_SERVICE, DELETE_SERVICE or START_DEPLOYMENT.</summary>
    [OneOf(typeof(OperationType))]
    public string? Type { get; set; }

    /// <summary>PENDING, IN_PROGRESS, SUCCEEDED, FAILED, ROLLBACK_IN_PROGRESS, ROLLBACK_SUCCEEDED or ROLLBACK_FAILED.</summary>
    [OneOf(typeof(OperationStatus))]
    public string? Status { get; set; }

    /// <summary>The ARN of the resource.</summary>
    public string? TargetArn { get; set; }

    /// <summary>When it began (local time).</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>When it ended (local time); null while it is running.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>When its status last changed (local time).</summary>
    public DateTime? UpdatedAt { get; set; }

    /// <summary>The service's ARN, under the name that cmdlets bind from the pipeline.</summary>
    [JsonIgnore]
    public string? ServiceArn => TargetArn;

    /// <summary>The operation's id, under the name that cmdlets bind from the pipeline.</summary>
    [JsonIgnore]
    public string? OperationId => Id;

    /// <summary>The service's name, from the ARN.</summary>
    [JsonIgnore]
    public string? ServiceName => Arn.TryParse(TargetArn, out var arn) ? arn.Name : null;

    /// <summary>The region, from the ARN.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(TargetArn, out var arn) ? arn.Region : null;

    /// <summary>How long it took; null while it runs.</summary>
    [JsonIgnore]
    public TimeSpan? Duration => EndedAt?.ToUniversalTime() - StartedAt?.ToUniversalTime();

    /// <summary>Whether it has ended, with success or failure.</summary>
    [JsonIgnore]
    public bool HasEnded => Status is OperationStatus.Succeeded or OperationStatus.Failed or OperationStatus.RollbackSucceeded or OperationStatus.RollbackFailed;

    /// <summary>Type, id and status.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() =>
        $"{Type} {Id}: {Status}";
}

/// <summary>Known values of an operation's status (API: OperationStatus).</summary>
public static class OperationStatus
{
    /// <summary>Accepted, not started.</summary>
    [Description("Accepted, not started")]
    public const string Pending = "PENDING";

    /// <summary>Running.</summary>
    [Description("Running")]
    public const string InProgress = "IN_PROGRESS";

    /// <summary>Failed without effect.</summary>
    [Description("Failed without effect")]
    public const string Failed = "FAILED";

    /// <summary>Succeeded; every other final status is a failure.</summary>
    [Description("Succeeded; every other final status is a failure")]
    public const string Succeeded = "SUCCEEDED";

    /// <summary>Failed; the old configuration is being restored.</summary>
    [Description("Failed; the old configuration is being restored")]
    public const string RollbackInProgress = "ROLLBACK_IN_PROGRESS";

    /// <summary>Failed, and the old configuration could not be restored.</summary>
    [Description("Failed, and the old configuration could not be restored")]
    public const string RollbackFailed = "ROLLBACK_FAILED";

    /// <summary>Failed; the service runs with its old configuration.</summary>
    [Description("Failed; the service runs with its old configuration")]
    public const string RollbackSucceeded = "ROLLBACK_SUCCEEDED";
}

/// <summary>Known values of an operation's type (API: OperationType).</summary>
public static class OperationType
{
    /// <summary>Deploys the newest version of the source.</summary>
    [Description("Deploys the newest version of the source")]
    public const string StartDeployment = "START_DEPLOYMENT";

    /// <summary>Creates the service.</summary>
    [Description("Creates the service")]
    public const string CreateService = "CREATE_SERVICE";

    /// <summary>Suspends the service.</summary>
    [Description("Suspends the service")]
    public const string PauseService = "PAUSE_SERVICE";

    /// <summary>Resumes the service.</summary>
    [Description("Resumes the service")]
    public const string ResumeService = "RESUME_SERVICE";

    /// <summary>Deletes the service.</summary>
    [Description("Deletes the service")]
    public const string DeleteService = "DELETE_SERVICE";

    /// <summary>Changes settings of the service.</summary>
    [Description("Changes settings of the service")]
    public const string UpdateService = "UPDATE_SERVICE";
}
