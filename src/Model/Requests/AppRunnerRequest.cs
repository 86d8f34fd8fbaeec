using System;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A request of App Runner's API, or of CloudWatch Logs' about the logs of its services: its members are the wire members.</summary>
public abstract class AppRunnerRequest
{
    /// <summary>The API operation, such as <c>CreateService</c>: what follows the first dot in X-Amz-Target.</summary>
    [JsonIgnore]
    public abstract string Operation { get; }

    /// <summary>The API that has the operation: what stands before the dot in X-Amz-Target.</summary>
    [JsonIgnore]
    public virtual string TargetPrefix => "AppRunner";

    /// <summary>
    /// Whether it changes something. Such a request is never sent again by the transport once it may have arrived:
    /// a second CreateService could make a second service, a second PauseService would be told that one is under way.
    /// </summary>
    [JsonIgnore]
    public virtual bool ChangesState => false;
}

/// <summary>A request that knows the type of its response.</summary>
/// <typeparam name="TResponse">The API's response shape.</typeparam>
public abstract class AppRunnerRequest<TResponse> : AppRunnerRequest
    where TResponse : AppRunnerResponse
{
}

/// <summary>A response of App Runner's API.</summary>
public abstract class AppRunnerResponse
{
    /// <summary>The id that AWS gave the request (x-amzn-RequestId), for questions to its support.</summary>
    [JsonIgnore]
    public string? RequestId { get; set; }

    /// <summary>The service's own time when it answered (HTTP Date header, UTC, whole seconds); null where it sent none.</summary>
    [JsonIgnore]
    public DateTime? ServerTime { get; set; }
}

/// <summary>A request whose answer comes in pages.</summary>
internal interface IPagedRequest
{
    /// <summary>Where the last page ended; opaque. Null asks for the first page.</summary>
    string? NextToken { get; set; }

    /// <summary>Most entries of a page; the API sets the limit.</summary>
    int? MaxResults { get; set; }
}

/// <summary>One page of a response.</summary>
internal interface IPagedResponse
{
    /// <summary>Where this page ended; null on the last one.</summary>
    string? NextToken { get; }
}

/// <summary>A request about one service, named by its ARN.</summary>
internal interface IServiceArnRequest
{
    /// <summary>The service's ARN.</summary>
    string? ServiceArn { get; set; }
}

/// <summary>A response that carries a service and perhaps the operation that was started on it.</summary>
internal interface IServiceResponse
{
    /// <summary>The service as it is now.</summary>
    Service? Service { get; }

    /// <summary>The operation's id; null where none was started.</summary>
    string? OperationId { get; }
}

/// <summary>A resource of App Runner that has an ARN of its own and can have tags.</summary>
public interface IResource
{
    /// <summary>Its ARN.</summary>
    string? ResourceArn { get; }
}
