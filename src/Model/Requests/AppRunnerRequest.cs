using System;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A request of App Runner's API, or of CloudWatch Logs for the logs of its services. Its properties are the members of the API's shape.</summary>
public abstract class AppRunnerRequest
{
    /// <summary>The API operation, such as <c>CreateService</c>: the part of X-Amz-Target after the dot.</summary>
    [JsonIgnore]
    public abstract string Operation { get; }

    /// <summary>The API of the operation: the part of X-Amz-Target before the dot.</summary>
    [JsonIgnore]
    public virtual string TargetPrefix => "AppRunner";

    /// <summary>
    /// Whether it changes state. The client does not retry such a request after it may have arrived: a second CreateService could create a
    /// second service, and a second PauseService fails because one is in progress.
    /// </summary>
    [JsonIgnore]
    public virtual bool ChangesState => false;
}

/// <summary>A request with the type of its response.</summary>
/// <typeparam name="TResponse">The API's response shape.</typeparam>
public abstract class AppRunnerRequest<TResponse> : AppRunnerRequest
    where TResponse : AppRunnerResponse
{
}

/// <summary>A response of App Runner's API.</summary>
public abstract class AppRunnerResponse
{
    /// <summary>The request id of AWS (x-amzn-RequestId), for AWS Support.</summary>
    [JsonIgnore]
    public string? RequestId { get; set; }

    /// <summary>The service's time of the response (HTTP Date header, UTC, whole seconds); null if there is none.</summary>
    [JsonIgnore]
    public DateTime? ServerTime { get; set; }
}

/// <summary>A request with a paged response.</summary>
internal interface IPagedRequest
{
    /// <summary>The NextToken of the previous page. Null requests the first page.</summary>
    string? NextToken { get; set; }

    /// <summary>Maximum entries per page; the API sets the limit.</summary>
    int? MaxResults { get; set; }
}

/// <summary>A response with one page of a list.</summary>
internal interface IPagedResponse
{
    /// <summary>The token of the next page; null on the last page.</summary>
    string? NextToken { get; }
}

/// <summary>A request about one service, named by its ARN.</summary>
internal interface IServiceArnRequest
{
    /// <summary>The service's ARN.</summary>
    string? ServiceArn { get; set; }
}

/// <summary>A response with a service and the operation that was started on it, if any.</summary>
internal interface IServiceResponse
{
    /// <summary>The service after the request.</summary>
    Service? Service { get; }

    /// <summary>The operation's id; null if none was started.</summary>
    string? OperationId { get; }
}

/// <summary>A resource of App Runner with an ARN and tags.</summary>
public interface IResource
{
    /// <summary>Its ARN.</summary>
    string? ResourceArn { get; }
}
