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

/// <summary>A request that knows the type of its answer.</summary>
/// <typeparam name="TResponse">The API's response shape.</typeparam>
public abstract class AppRunnerRequest<TResponse> : AppRunnerRequest
    where TResponse : AppRunnerResponse
{
}
