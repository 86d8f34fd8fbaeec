using System;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Commands;

/// <summary>Creates all error records of the module.</summary>
internal static class ErrorRecords
{
    // A package has the address of its project in the manifest (ProjectUri); a build from source may not.
    private const string PlaceToReport = "where you got the module: in the issue tracker of its project";

    /// <summary>Creates the record for an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="target">The TargetObject.</param>
    /// <param name="module">This module, for the place to report a defect; null if it is not known.</param>
    /// <returns>The record, with id, category and recommended action.</returns>
    public static ErrorRecord Create(Exception exception, object? target, PSModuleInfo? module)
    {
        // Every other exception type is a defect of this module.
        var known = exception as AppRunnerException ?? new ModuleDefectException(exception, VersionOf(module));
        var id = known.ErrorId;
        var record = new ErrorRecord(known, id, CategoryOf(id), target);
        var action = known.RecommendedAction ?? known switch
        {
            ModuleDefectException when module?.ProjectUri is { } project => ActionFor(id).Replace(PlaceToReport, "at " + project),
            AppRunnerServiceException { Message: LocalEndpoint.InternalErrorMessage } =>
                $"The local App Runner failed, not AWS. Read the warning in the session that started it, or its log group /aws/apprunner-local/endpoint. It is a defect of this module: report it {(module?.ProjectUri is { } place ? "at " + place : PlaceToReport)}.",
            InvalidRequestException { MayHaveTakenEffect: true } when id == ErrorIds.InvalidParameter =>
                "App Runner refused the request, but an earlier attempt failed without such a refusal. Check whether it took effect, then fix what the message names, and run the command again.",
            InvalidRequestException when id == ErrorIds.InvalidParameter => "App Runner refused the request. " + ActionForStatus(known.Message),
            _ => ActionFor(id),
        };
        if (known is AppRunnerServiceException { Message: not LocalEndpoint.InternalErrorMessage, RequestId: { Length: > 0 } requestId })
            action += $" (AWS request id {requestId})";
        record.ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = action };
        return record;
    }

    /// <summary>The warning for a defect of the local endpoint.</summary>
    /// <param name="report">What happened.</param>
    /// <param name="module">This module, for the place to report a defect; null if it is not known.</param>
    /// <returns>The text.</returns>
    public static string DefectWarning(string report, PSModuleInfo? module) =>
        $"{report}. This is a defect of the AppRunner module{VersionOf(module)}. Report it {(module?.ProjectUri is { } project ? "at " + project : PlaceToReport)}. Include this text. Remove secrets from it first.";

    private static string VersionOf(PSModuleInfo? module) => module is null ? string.Empty : $" {module.Version}";

    private static ErrorCategory CategoryOf(string id) => id switch
    {
        ErrorIds.InvalidParameter => ErrorCategory.InvalidArgument,
        ErrorIds.ServiceNotFound or ErrorIds.ResourceNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.InvalidServiceState => ErrorCategory.ResourceBusy,
        ErrorIds.ReplacementRequired => ErrorCategory.InvalidOperation,
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
        ErrorIds.InternalError => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };

    /// <summary>The general advice for an error id; about_ARWaitingAndErrors has the same text.</summary>
    /// <param name="id">One of <see cref="ErrorIds"/>.</param>
    /// <returns>Imperative sentences.</returns>
    internal static string ActionFor(string id) => id switch
    {
        ErrorIds.InvalidParameter => "Nothing was changed. Fix what the message names, and run the command again.",
        ErrorIds.ServiceNotFound => "List the services with Get-ARService. Check the region and the credentials with Get-ARContext.",
        ErrorIds.ResourceNotFound => "Check the name, ARN or id. Check the region and the credentials with Get-ARContext.",
        ErrorIds.InvalidServiceState => "Check the status with Get-ARService, or with the Get cmdlet of the other resource. If an operation is in progress, wait for it with Wait-AROperation. Then run the command again.",
        ErrorIds.ReplacementRequired => "Use -Recreate to delete the service and to create it again. Or publish the definition under another -ServiceName, and move the traffic.",
        ErrorIds.QuotaExceeded => "Delete resources that you do not need. Services with the status CREATE_FAILED count too. Or request a higher quota in the Service Quotas console.",
        ErrorIds.ServiceAlreadyExists => "Use another -ServiceName. Or change the existing service with Update-ARService, or delete it with Remove-ARService.",
        ErrorIds.ResourceAlreadyExists => "Use another name. Or use, change or delete the existing resource.",
        ErrorIds.AccessRoleNotAssumable => "Check that the role exists. Check that its trust policy names build.apprunner.amazonaws.com (access role) or tasks.apprunner.amazonaws.com (instance role).",
        ErrorIds.AuthenticationFailed => "Check the keys or the profile with Get-ARContext. Renew temporary credentials. Check the clock of the computer.",
        ErrorIds.AccessDenied => "Add the permission apprunner:OPERATION on the resource to the identity. For roles, add iam:PassRole too.",
        ErrorIds.Throttled => "Wait and run the command again. For many objects, use a smaller -ThrottleLimit.",
        ErrorIds.ServiceError => "Run the command again. If it fails again, check the AWS Health Dashboard and contact AWS Support with the request id.",
        ErrorIds.NetworkError => "Check the network, the proxy and -EndpointUrl. Then run the command again.",
        ErrorIds.OperationFailed or ErrorIds.OperationRolledBack => "Read the log of the operation with Get-ARServiceLog -OperationId. Read the output of the program with Get-ARServiceLog -Kind Application. Fix the cause and run the command again.",
        ErrorIds.WaitTimeout => "Wait again with Wait-AROperation, or use a longer -Timeout.",
        ErrorIds.NoRegion => "Use -Region. Or set a default with Set-ARContext -Region or with the environment variable AWS_REGION.",
        ErrorIds.NoCredential => "Use -ProfileName or keys. Or set a default with Set-ARContext, or log in with 'aws sso login'. To try the module without an AWS account, use Start-ARLocalEndpoint.",
        ErrorIds.LocalEndpointError => "Check the running endpoints with Get-ARLocalEndpoint. Use another -Port, or omit it for a free port.",
        ErrorIds.InternalError => $"Report it {PlaceToReport}. Include the output of '$Error[0] | Format-List * -Force | Out-String'. Remove secrets from it first.",
        _ => string.Empty,
    };

    // App Runner reports these statuses as an InvalidRequestException too.
    private static string ActionForStatus(string refusal)
    {
        if (Names(ConnectionStatus.PendingHandshake))
            return "Nothing was changed. Approve the connection with Approve-ARConnection. Then run the command again.";
        return Names(ServiceStatus.Paused) || Names("in RUNNING state")
            ? "Nothing was changed. Check the status with Get-ARService. If it is PAUSED, resume the service with Resume-ARService. Then run the command again."
            : ActionFor(ErrorIds.InvalidParameter);

        bool Names(string status) => refusal.IndexOf(status, StringComparison.Ordinal) >= 0;
    }

    private sealed class ModuleDefectException(Exception innerException, string version)
        : AppRunnerException(ErrorIds.InternalError, $"This is a defect of the AppRunner module{version}: {innerException.GetType().Name}: {innerException.Message}", innerException);
}
