namespace AppRunner.Model;

/// <summary>The ids of all errors: a contract, the first part of FullyQualifiedErrorId.</summary>
public static class ErrorIds
{
    /// <summary>A parameter or a request is wrong; nothing was sent, or the service refused it.</summary>
    public const string InvalidParameter = nameof(InvalidParameter);

    /// <summary>There is no such service.</summary>
    public const string ServiceNotFound = nameof(ServiceNotFound);

    /// <summary>There is no such resource (operation, configuration, connection).</summary>
    public const string ResourceNotFound = nameof(ResourceNotFound);

    /// <summary>The service's status forbids what was asked.</summary>
    public const string InvalidServiceState = nameof(InvalidServiceState);

    /// <summary>The account's quota is used up.</summary>
    public const string QuotaExceeded = nameof(QuotaExceeded);

    /// <summary>A service of that name exists.</summary>
    public const string ServiceAlreadyExists = nameof(ServiceAlreadyExists);

    /// <summary>A resource other than a service has that name already, or a service has that domain.</summary>
    public const string ResourceAlreadyExists = nameof(ResourceAlreadyExists);

    /// <summary>App Runner cannot assume the access role or the instance role.</summary>
    public const string AccessRoleNotAssumable = nameof(AccessRoleNotAssumable);

    /// <summary>AWS does not accept the keys, the token or the signature.</summary>
    public const string AuthenticationFailed = nameof(AuthenticationFailed);

    /// <summary>The identity may not do this.</summary>
    public const string AccessDenied = nameof(AccessDenied);

    /// <summary>Too many requests, also after retries.</summary>
    public const string Throttled = nameof(Throttled);

    /// <summary>The service failed, or answered something unreadable.</summary>
    public const string ServiceError = nameof(ServiceError);

    /// <summary>No connection, no response, or a response that was cut off.</summary>
    public const string NetworkError = nameof(NetworkError);

    /// <summary>An operation ended as FAILED or ROLLBACK_FAILED.</summary>
    public const string OperationFailed = nameof(OperationFailed);

    /// <summary>An operation failed and the old configuration runs again.</summary>
    public const string OperationRolledBack = nameof(OperationRolledBack);

    /// <summary>The time to wait is over; the operation goes on.</summary>
    public const string WaitTimeout = nameof(WaitTimeout);

    /// <summary>No region is known.</summary>
    public const string NoRegion = nameof(NoRegion);

    /// <summary>No credentials were found, or the named ones cannot be had.</summary>
    public const string NoCredential = nameof(NoCredential);

    /// <summary>A defect of this module. Please report it.</summary>
    public const string InternalError = nameof(InternalError);

    /// <summary>The local endpoint could not be started or is not running.</summary>
    public const string LocalEndpointError = nameof(LocalEndpointError);
}
