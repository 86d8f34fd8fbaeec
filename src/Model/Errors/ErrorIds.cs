namespace AppRunner.Model;

/// <summary>The ids of all errors: the first part of FullyQualifiedErrorId. They do not change between versions.</summary>
public static class ErrorIds
{
    /// <summary>A parameter or a request is not valid; nothing was sent, or the service refused it.</summary>
    public const string InvalidParameter = nameof(InvalidParameter);

    /// <summary>There is no such service.</summary>
    public const string ServiceNotFound = nameof(ServiceNotFound);

    /// <summary>There is no such resource (operation, configuration, connection).</summary>
    public const string ResourceNotFound = nameof(ResourceNotFound);

    /// <summary>The service's status does not allow the request.</summary>
    public const string InvalidServiceState = nameof(InvalidServiceState);

    /// <summary>No update can make the service as defined: it must be deleted and created again.</summary>
    public const string ReplacementRequired = nameof(ReplacementRequired);

    /// <summary>A quota of the account is exceeded.</summary>
    public const string QuotaExceeded = nameof(QuotaExceeded);

    /// <summary>A service of that name exists.</summary>
    public const string ServiceAlreadyExists = nameof(ServiceAlreadyExists);

    /// <summary>A resource other than a service with that name exists, or the domain is associated with a service.</summary>
    public const string ResourceAlreadyExists = nameof(ResourceAlreadyExists);

    /// <summary>App Runner cannot assume the access role or the instance role.</summary>
    public const string AccessRoleNotAssumable = nameof(AccessRoleNotAssumable);

    /// <summary>AWS does not accept the keys, the token or the signature.</summary>
    public const string AuthenticationFailed = nameof(AuthenticationFailed);

    /// <summary>The identity does not have the permission.</summary>
    public const string AccessDenied = nameof(AccessDenied);

    /// <summary>Too many requests, even after retries.</summary>
    public const string Throttled = nameof(Throttled);

    /// <summary>The service failed, or its response cannot be read.</summary>
    public const string ServiceError = nameof(ServiceError);

    /// <summary>No connection, no response, or an incomplete response.</summary>
    public const string NetworkError = nameof(NetworkError);

    /// <summary>An operation ended as FAILED or ROLLBACK_FAILED.</summary>
    public const string OperationFailed = nameof(OperationFailed);

    /// <summary>An operation failed, and the old configuration was restored.</summary>
    public const string OperationRolledBack = nameof(OperationRolledBack);

    /// <summary>The wait timed out; the operation continues.</summary>
    public const string WaitTimeout = nameof(WaitTimeout);

    /// <summary>No region was given, configured or found.</summary>
    public const string NoRegion = nameof(NoRegion);

    /// <summary>No credentials were found, or the named ones are not available.</summary>
    public const string NoCredential = nameof(NoCredential);

    /// <summary>A defect of this module. Please report it.</summary>
    public const string InternalError = nameof(InternalError);

    /// <summary>The local endpoint could not be started or is not running.</summary>
    public const string LocalEndpointError = nameof(LocalEndpointError);
}
