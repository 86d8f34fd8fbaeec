using System;
using System.Threading.Tasks;

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
