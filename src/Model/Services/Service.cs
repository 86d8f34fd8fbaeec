using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A service as returned by ListServices (API: ServiceSummary).</summary>
public class ServiceSummary : IResource
{
    /// <summary>The name, unique among the running services of account and region.</summary>
    [Length(4, 40)]
    public string? ServiceName { get; set; }

    /// <summary>The ID, 32 hexadecimal digits.</summary>
    public string? ServiceId { get; set; }

    /// <summary>The ARN.</summary>
    [Length(1, 1011)]
    public string? ServiceArn { get; set; }

    /// <summary>The host name of the service's URL, without scheme.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>
    /// A URL to request as it is: <c>https://HOST/</c>, and <c>http://127.0.0.1:PORT/</c> for a service that runs on the local endpoint. Null if the
    /// service is only simulated, or has no URL. Not part of the API's shape.
    /// </summary>
    [JsonIgnore]
    public string? Url => ServiceAddress.Of(ServiceUrl) is { IsSimulated: false } address ? address.UrlOf("/")?.AbsoluteUri : null;

    /// <summary>When it was created (local time).</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>When it was last changed (local time).</summary>
    public DateTime? UpdatedAt { get; set; }

    /// <summary>RUNNING, PAUSED, OPERATION_IN_PROGRESS, CREATE_FAILED, DELETE_FAILED or DELETED.</summary>
    [OneOf(typeof(ServiceStatus))]
    public string? Status { get; set; }

    /// <summary>The ARN, under the name that the tag cmdlets bind from the pipeline. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn => ServiceArn;

    /// <summary>The region, from the ARN. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? Region => Arn.TryParse(ServiceArn, out var arn) ? arn.Region : null;

    /// <summary>The name.</summary>
    /// <returns><see cref="ServiceName"/>.</returns>
    public override string ToString() => ServiceName ?? base.ToString()!;
}

/// <summary>A service as returned by DescribeService (API: Service).</summary>
public sealed class Service : ServiceSummary
{
    /// <summary>When it was deleted (local time); null while it exists.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>The source that it deploys.</summary>
    public SourceConfiguration? SourceConfiguration { get; set; }

    /// <summary>The size and role of its instances. Cpu and Memory are always in CPU units and MB.</summary>
    public InstanceConfiguration? InstanceConfiguration { get; set; }

    /// <summary>Its encryption key; null means App Runner's key.</summary>
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    /// <summary>Its health check.</summary>
    public HealthCheckConfiguration? HealthCheckConfiguration { get; set; }

    /// <summary>The auto scaling configuration that it uses.</summary>
    public AutoScalingConfigurationSummary? AutoScalingConfigurationSummary { get; set; }

    /// <summary>Its network settings.</summary>
    public NetworkConfiguration? NetworkConfiguration { get; set; }

    /// <summary>Its tracing.</summary>
    public ServiceObservabilityConfiguration? ObservabilityConfiguration { get; set; }

    /// <summary>
    /// The operation that was started by the cmdlet that wrote this object, for Wait-AROperation; null on an object that was only read.
    /// Not part of the API's shape: the API returns it next to the service.
    /// </summary>
    [JsonIgnore]
    public string? OperationId { get; set; }

    /// <summary>What Publish-ARService did: one of <see cref="PublishAction"/>; null on other objects. Not part of the API's shape, and ignored in every input.</summary>
    [JsonIgnore]
    public string? Action { get; internal set; }

    /// <summary>The differences that Publish-ARService found before it changed the service; empty on other objects. Not part of the API's shape, and ignored in every input.</summary>
    [JsonIgnore]
    public IReadOnlyList<ServiceDifference> Difference { get; internal set; } = [];

    /// <summary>The type of that operation, so that a wait for DELETE_SERVICE knows that the service need not exist; null if it is not known.</summary>
    internal string? OperationType { get; set; }

    /// <summary>A service of which only the ARN is known, and the operation that was started on it.</summary>
    internal static Service FromArn(string serviceArn, string? operationId)
    {
        var arn = Arn.TryParse(serviceArn, out var parsed) ? parsed : null;
        return new Service { ServiceArn = serviceArn, ServiceName = arn?.Name, ServiceId = arn?.Id, OperationId = operationId };
    }

    /// <summary>Sets <see cref="OperationId"/>.</summary>
    internal Service WithOperationId(string? operationId)
    {
        OperationId = operationId;
        return this;
    }
}

/// <summary>What Publish-ARService did.</summary>
public static class PublishAction
{
    /// <summary>The service was created.</summary>
    public const string Created = "Created";

    /// <summary>The service was updated.</summary>
    public const string Updated = "Updated";

    /// <summary>Only the tags were changed; nothing was deployed.</summary>
    public const string TagsOnly = "TagsOnly";

    /// <summary>The service already was as defined; nothing was sent.</summary>
    public const string None = "None";

    /// <summary>The service was deleted and created again (-Recreate).</summary>
    public const string Recreated = "Recreated";

    /// <summary>The service already was as defined, and a deployment was started (-Deploy).</summary>
    public const string Deployed = "Deployed";
}

/// <summary>Known values of a service's status (API: ServiceStatus).</summary>
public static class ServiceStatus
{
    /// <summary>The service could not be created; it can be updated (which rebuilds it) or deleted, and counts towards the quota.</summary>
    [Description("The service could not be created; it can be updated (which rebuilds it) or deleted, and counts towards the quota")]
    public const string CreateFailed = "CREATE_FAILED";

    /// <summary>The service is running.</summary>
    [Description("The service is running")]
    public const string Running = "RUNNING";

    /// <summary>The service is deleted; it can still be described for some time.</summary>
    [Description("The service is deleted; it can still be described for some time")]
    public const string Deleted = "DELETED";

    /// <summary>Deleting failed; delete again.</summary>
    [Description("Deleting failed; delete again")]
    public const string DeleteFailed = "DELETE_FAILED";

    /// <summary>Suspended: no instances, no cost for compute.</summary>
    [Description("Suspended: no instances, no cost for compute")]
    public const string Paused = "PAUSED";

    /// <summary>An operation runs; another one is refused until it ends.</summary>
    [Description("An operation runs; another one is refused until it ends")]
    public const string OperationInProgress = "OPERATION_IN_PROGRESS";
}
