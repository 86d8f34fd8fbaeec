using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A local App Runner on loopback: it keeps its state in memory and makes no AWS call. Operations are simulated, or carried out on this computer where that is allowed.</summary>
public abstract class LocalEndpoint : IDisposable
{
    /// <summary>Its address, such as <c>http://127.0.0.1:43210</c>.</summary>
    public abstract string EndpointUrl { get; }

    /// <summary>The TCP port on loopback.</summary>
    public abstract int Port { get; }

    /// <summary>The region that the session's cmdlets use with it.</summary>
    public abstract string Region { get; }

    /// <summary>The account in the ARNs.</summary>
    public abstract string AccountId { get; }

    /// <summary>The access key id that requests must be signed with. Worth nothing outside this endpoint.</summary>
    public abstract string AccessKey { get; }

    /// <summary>The secret key that requests must be signed with. Worth nothing outside this endpoint.</summary>
    public abstract string SecretKey { get; }

    /// <summary>How long an operation takes.</summary>
    public abstract TimeSpan OperationDuration { get; }

    /// <summary>Whether services are really built, run, checked and served; else operations are simulated.</summary>
    public abstract bool AllowsExecution { get; }

    /// <summary>When it was started (UTC).</summary>
    public abstract DateTime StartedAt { get; }

    /// <summary>Whether it serves.</summary>
    public abstract bool IsRunning { get; }

    /// <summary>How many requests it has answered.</summary>
    public abstract long RequestCount { get; }

    /// <summary>Ends when the endpoint has stopped, whoever stopped it.</summary>
    public abstract Task Completion { get; }

    /// <summary>Where a service is reached by a port of its own, for clients that cannot look up the host name of its URL.</summary>
    /// <param name="serviceArn">The ARN of a service that is not deleted.</param>
    /// <returns>Such as <c>http://127.0.0.1:43211</c>; null for a service that is only simulated.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    public abstract string? AddressOf(string serviceArn);

    /// <summary>Lets the next matching operation end otherwise than well. Each call counts for one operation.</summary>
    /// <param name="outcome">FAILED, ROLLBACK_SUCCEEDED or ROLLBACK_FAILED; SUCCEEDED takes no effect beyond using itself up.</param>
    /// <param name="operationType">
    /// A type of operation such as UPDATE_SERVICE; null or empty matches any. Also, with SUCCEEDED and FAILED: ASSOCIATE_CUSTOM_DOMAIN,
    /// DISASSOCIATE_CUSTOM_DOMAIN, CREATE_VPC_INGRESS_CONNECTION, UPDATE_VPC_INGRESS_CONNECTION and DELETE_VPC_INGRESS_CONNECTION, which none but themselves match.
    /// </param>
    /// <param name="serviceName">The name of a service, or of the domain or the VPC ingress connection; null or empty matches any.</param>
    /// <exception cref="InvalidParameterException">The outcome or the type is not known, or they do not go together.</exception>
    public abstract void SetNextOutcome(string outcome, string? operationType = null, string? serviceName = null);

    /// <summary>Completes the handshake of a connection, as the console does it on AWS: from PENDING_HANDSHAKE to AVAILABLE.</summary>
    /// <param name="connectionArn">The connection's ARN, of whatever region.</param>
    /// <exception cref="ResourceNotFoundException">There is no such connection.</exception>
    /// <exception cref="InvalidStateException">It waits for no handshake.</exception>
    public abstract void ApproveConnection(string connectionArn);

    /// <summary>Stops it: running requests are answered, the port is freed, the state is gone. Again is harmless.</summary>
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

/// <summary>How a local endpoint is to be.</summary>
internal sealed class LocalEndpointOptions
{
    /// <summary>The TCP port on loopback, 1 to 65535; 0 takes a free one. Default: 0.</summary>
    public int Port { get; set; }

    /// <summary>The region that the session's cmdlets use with it. Default: us-east-1. Every region is served, each with services of its own.</summary>
    public string Region { get; set; } = KnownRegion.UsEast1;

    /// <summary>The account in the ARNs, 12 digits. Default: 000000000000.</summary>
    public string AccountId { get; set; } = "000000000000";

    /// <summary>The access key id that requests must be signed with; null makes a random one.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret key that requests must be signed with; null makes a random one.</summary>
    public string? SecretKey { get; set; }

    /// <summary>How long an operation takes, 0 to 24 hours. Default: 2 s.</summary>
    public TimeSpan OperationDuration { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Services that account and region may hold; deleted ones do not count. Default: 30, as the service's own.</summary>
    public int ServiceQuota { get; set; } = 30;

    /// <summary>
    /// Whether services are really built, run, checked and served: their commands run on this computer with the rights of the user, and not
    /// in a container. Default: false; operations are simulated then, and take <see cref="OperationDuration"/>.
    /// </summary>
    public bool AllowExecution { get; set; }

    /// <summary>The values of the secrets and parameters that services refer to, by ARN or name. Used with <see cref="AllowExecution"/>, and never shown.</summary>
    [Sensitive]
    public IReadOnlyDictionary<string, string>? Secrets { get; set; }

    /// <summary>
    /// The folder for source code and builds, by its whole path; nobody else may be able to write to it. Null: a folder of its own among
    /// the user's application data. What the endpoint puts there is deleted when it stops. Used with <see cref="AllowExecution"/>.
    /// </summary>
    public string? WorkFolder { get; set; }

    /// <summary>Time until source code is fetched and built, or an image pulled, 1 s to 24 hours. Default: 10 min. Used with <see cref="AllowExecution"/>.</summary>
    public TimeSpan BuildTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time until a new instance must be healthy, 1 s to 24 hours. Default: 3 min. Used with <see cref="AllowExecution"/>.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Bytes that one stream of a service's logs may take, 1 KiB to 1 GiB; the oldest lines go. All streams of a kind together take eight times as much at most; the oldest streams go. Default: 1 MiB.</summary>
    public int LogLimit { get; set; } = 1024 * 1024;
}

/// <summary>Starts local endpoints. The implementation lies in AppRunner.LocalEndpoint, which is loaded at its first use; it has a public constructor without parameters.</summary>
internal interface ILocalEndpointStarter
{
    /// <summary>Starts an endpoint on loopback; it serves when this returns.</summary>
    /// <param name="options">Port, region, keys and so on.</param>
    /// <param name="clock">The time that operations take and timestamps show.</param>
    /// <returns>The running endpoint.</returns>
    /// <exception cref="LocalEndpointException">The port is taken, or the computer refuses to listen.</exception>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    LocalEndpoint Start(LocalEndpointOptions options, IClock clock);
}
