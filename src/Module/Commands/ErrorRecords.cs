using System;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Commands;

/// <summary>Makes every error record of the module.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for an exception.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The thing that it happened to.</param>
    /// <returns>The record, with id, category and advice.</returns>
    public static ErrorRecord Create(Exception exception, object? target)
    {
        // An exception that is not the Model's is a defect of this module; it still gets an id of ours.
        var known = exception as AppRunnerException
            ?? new UnexpectedException($"{exception.GetType().Name}: {exception.Message}", exception);
        var id = known.ErrorId;
        var record = new ErrorRecord(known, id, CategoryOf(id), target);
        var action = known.RecommendedAction
            ?? (known is InvalidRequestException && id == ErrorIds.InvalidParameter ? "App Runner refused the request; nothing was changed. Correct what its words name and run the command again." : AdviceFor(id));
        if (known is AppRunnerServiceException { RequestId: { Length: > 0 } requestId })
            action += $" (AWS request id {requestId})";
        record.ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = action };
        return record;
    }

    private static ErrorCategory CategoryOf(string id) => id switch
    {
        ErrorIds.InvalidParameter => ErrorCategory.InvalidArgument,
        ErrorIds.ServiceNotFound or ErrorIds.ResourceNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.InvalidServiceState => ErrorCategory.ResourceBusy,
        ErrorIds.QuotaExceeded => ErrorCategory.LimitsExceeded,
        ErrorIds.ServiceAlreadyExists or ErrorIds.ResourceAlreadyExists => ErrorCategory.ResourceExists,
        ErrorIds.AccessRoleNotAssumable or ErrorIds.AccessDenied => ErrorCategory.PermissionDenied,
        ErrorIds.AuthenticationFailed or ErrorIds.NoCredential => ErrorCategory.AuthenticationError,
        ErrorIds.Throttled => ErrorCategory.LimitsExceeded,
        ErrorIds.NetworkError => ErrorCategory.ConnectionError,
        ErrorIds.OperationFailed or ErrorIds.OperationRolledBack => ErrorCategory.InvalidResult,
        ErrorIds.WaitTimeout => ErrorCategory.OperationTimeout,
        ErrorIds.NoRegion => ErrorCategory.InvalidArgument,
        ErrorIds.LocalEndpointError => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };

    private static string AdviceFor(string id) => id switch
    {
        ErrorIds.InvalidParameter => "Correct the named members and run the command again; nothing was changed.",
        ErrorIds.ServiceNotFound => "List the services with Get-ARService; look at region and account with Get-ARContext.",
        ErrorIds.ResourceNotFound => "Check the name, ARN or id, the region and the account (Get-ARContext).",
        ErrorIds.InvalidServiceState => "Look at the Status: of a service with Get-ARService, of another resource with the Get cmdlet of its noun. While something is in progress, wait (for a service's operation with Wait-AROperation) and try again.",
        ErrorIds.QuotaExceeded => "Remove what is not needed (services that are CREATE_FAILED count too), or ask for a higher quota in the Service Quotas console.",
        ErrorIds.ServiceAlreadyExists => "Choose another -ServiceName, change the existing service with Update-ARService, or remove it with Remove-ARService.",
        ErrorIds.ResourceAlreadyExists => "Choose another name, or use, change or remove the resource that has it.",
        ErrorIds.AccessRoleNotAssumable => "Check that the role exists and that its trust policy names build.apprunner.amazonaws.com (access role) or tasks.apprunner.amazonaws.com (instance role).",
        ErrorIds.AuthenticationFailed => "Check the keys or the profile (Get-ARContext); renew temporary credentials; check the computer's clock.",
        ErrorIds.AccessDenied => "Give the identity the permission apprunner:<operation> on this resource (and iam:PassRole for roles).",
        ErrorIds.Throttled => "Wait a while and try again, or use a smaller -ThrottleLimit.",
        ErrorIds.ServiceError => "Try again; if it stays, look at the AWS Health Dashboard and ask AWS support with the request id.",
        ErrorIds.NetworkError => "Check the connection, proxy and -EndpointUrl, then try again.",
        ErrorIds.OperationFailed or ErrorIds.OperationRolledBack => "Read the service's logs with Get-ARServiceLog (-OperationId gives those of the operation, -Kind Application what the program wrote), correct the cause and try again.",
        ErrorIds.WaitTimeout => "Wait again with Wait-AROperation, or give a longer -Timeout.",
        ErrorIds.NoRegion => "Give -Region, set a default with Set-ARContext -Region, or set AWS_REGION.",
        ErrorIds.NoCredential => "Give -ProfileName or keys, set a default with Set-ARContext, log in with 'aws sso login', or try without an account: Start-ARLocalEndpoint.",
        ErrorIds.LocalEndpointError => "See Get-ARLocalEndpoint; choose another -Port or leave it out.",
        _ => string.Empty,
    };

    private sealed class UnexpectedException(string message, Exception innerException)
        : AppRunnerException(ErrorIds.ServiceError, message, innerException);
}
