using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A local App Runner endpoint on loopback. It keeps its state in memory and makes no AWS calls. Operations are simulated, or run on this computer if that is allowed.</summary>
public abstract class LocalEndpoint : IDisposable
{
    /// <summary>The message of its error responses for a defect of its own. It has no details: they are in a warning and in its log.</summary>
    internal const string InternalErrorMessage = "The local App Runner failed while handling the request.";

    /// <summary>Its URL, such as <c>http://127.0.0.1:43210</c>.</summary>
    public abstract string EndpointUrl { get; }

    /// <summary>The TCP port on loopback.</summary>
    public abstract int Port { get; }

    /// <summary>The region that the session's cmdlets use with it.</summary>
    public abstract string Region { get; }

    /// <summary>The account in the ARNs.</summary>
    public abstract string AccountId { get; }

    /// <summary>The access key id that requests must be signed with. Valid for this endpoint only.</summary>
    public abstract string AccessKey { get; }

    /// <summary>The secret key that requests must be signed with. Valid for this endpoint only.</summary>
    public abstract string SecretKey { get; }

    /// <summary>How long an operation takes.</summary>
    public abstract TimeSpan OperationDuration { get; }

    /// <summary>Whether services are built, run, checked and served; otherwise operations are simulated.</summary>
    public abstract bool AllowsExecution { get; }

    /// <summary>When it was started (local time).</summary>
    public abstract DateTime StartedAt { get; }

    /// <summary>Whether it accepts requests.</summary>
    public abstract bool IsRunning { get; }

    /// <summary>The number of requests so far.</summary>
    public abstract long RequestCount { get; }

    /// <summary>Completes when the endpoint has stopped.</summary>
    public abstract Task Completion { get; }

    /// <summary>The address of a service with its own port, for clients that cannot resolve the host name of its URL.</summary>
    /// <param name="serviceArn">The ARN of a service that is not deleted.</param>
    /// <returns>Such as <c>http://127.0.0.1:43211</c>; null for a service that is only simulated.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    public abstract string? AddressOf(string serviceArn);

    /// <summary>Sets the outcome of the next matching operation. Each call applies to one operation.</summary>
    /// <param name="outcome">FAILED, ROLLBACK_SUCCEEDED or ROLLBACK_FAILED; SUCCEEDED has no other effect.</param>
    /// <param name="operationType">
    /// A type of operation such as UPDATE_SERVICE; null or empty matches any. Also, with SUCCEEDED and FAILED: ASSOCIATE_CUSTOM_DOMAIN,
    /// DISASSOCIATE_CUSTOM_DOMAIN, CREATE_VPC_INGRESS_CONNECTION, UPDATE_VPC_INGRESS_CONNECTION and DELETE_VPC_INGRESS_CONNECTION, which must be given explicitly.
    /// </param>
    /// <param name="serviceName">The name of a service, or of the domain or the VPC ingress connection; null or empty matches any.</param>
    /// <exception cref="InvalidParameterException">The outcome or the type is not known, or they cannot be combined.</exception>
    public abstract void SetNextOutcome(string outcome, string? operationType = null, string? serviceName = null);

    /// <summary>Completes the handshake of a connection, as the console does on AWS: from PENDING_HANDSHAKE to AVAILABLE.</summary>
    /// <param name="connectionArn">The connection's ARN, of any region.</param>
    /// <exception cref="ResourceNotFoundException">There is no such connection.</exception>
    /// <exception cref="InvalidStateException">The connection is not PENDING_HANDSHAKE.</exception>
    public abstract void ApproveConnection(string connectionArn);

    /// <summary>Stops the endpoint: running requests are completed, the port is released, the state is lost. May be called again.</summary>
    public abstract void Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        GC.SuppressFinalize(this);
    }

    /// <summary>Address and region.</summary>
    /// <returns>A short text without keys.</returns>
    public override string ToString() => $"{EndpointUrl} ({Region})";
}

/// <summary>The options of a local endpoint.</summary>
internal sealed class LocalEndpointOptions
{
    /// <summary>The TCP port on loopback, 1 to 65535; 0 selects a free port. Default: 0.</summary>
    public int Port { get; set; }

    /// <summary>The region that the session's cmdlets use with it. Default: us-east-1. Every region is served, each with its own services.</summary>
    public string Region { get; set; } = KnownRegion.UsEast1;

    /// <summary>The account in the ARNs, 12 digits. Default: 000000000000.</summary>
    public string AccountId { get; set; } = "000000000000";

    /// <summary>The access key id that requests must be signed with; null generates a random one.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret key that requests must be signed with; null generates a random one.</summary>
    public string? SecretKey { get; set; }

    /// <summary>How long an operation takes, 0 to 24 hours. Default: 2 s.</summary>
    public TimeSpan OperationDuration { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Maximum services per account and region, without deleted ones. Default: 30, as in App Runner.</summary>
    public int ServiceQuota { get; set; } = 30;

    /// <summary>
    /// Whether services are built, run, checked and served: their commands run on this computer with the rights of the user, not in a
    /// container. Default: false; operations are then simulated and take <see cref="OperationDuration"/>.
    /// </summary>
    public bool AllowExecution { get; set; }

    /// <summary>The values of the secrets and parameters that services refer to, by ARN or name. Used with <see cref="AllowExecution"/>, and never shown.</summary>
    [Sensitive]
    public IReadOnlyDictionary<string, string>? Secrets { get; set; }

    /// <summary>
    /// The full path of the folder for source code and builds; other users must not be able to write to it. Null: a folder in the user's
    /// application data. The endpoint deletes its files when it stops. Used with <see cref="AllowExecution"/>.
    /// </summary>
    public string? WorkFolder { get; set; }

    /// <summary>Time limit to fetch and build source code or to pull an image, 1 s to 24 hours. Default: 10 min. Used with <see cref="AllowExecution"/>.</summary>
    public TimeSpan BuildTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time limit for a new instance to become healthy, 1 s to 24 hours. Default: 3 min. Used with <see cref="AllowExecution"/>.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Maximum bytes of one log stream of a service, 1 KiB to 1 GiB; the oldest lines are deleted. All streams of a kind together are limited to eight times as much; the oldest streams are deleted. Default: 1 MiB.</summary>
    public int LogLimit { get; set; } = 1024 * 1024;

    /// <summary>
    /// Called with a report of each distinct exception behind a 500 of the endpoint, which is a defect of it. On any thread, and must not
    /// throw or block. The report has no value of a request's sensitive members.
    /// </summary>
    public Action<string>? OnInternalError { get; set; }
}

/// <summary>Starts local endpoints. The implementation is in AppRunner.LocalEndpoint, which is loaded on first use; it has a public constructor without parameters.</summary>
internal interface ILocalEndpointStarter
{
    /// <summary>Starts an endpoint on loopback; it accepts requests when this returns.</summary>
    /// <param name="options">Port, region, keys and so on.</param>
    /// <param name="clock">The clock for operations and timestamps.</param>
    /// <returns>The running endpoint.</returns>
    /// <exception cref="LocalEndpointException">The port is in use, or listening is not permitted.</exception>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    LocalEndpoint Start(LocalEndpointOptions options, IClock clock);
}
