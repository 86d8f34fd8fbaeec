using System;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Commands;

/// <summary>Creates all error records of the module.</summary>
internal static class ErrorRecords
{
    /// <summary>Creates the record for an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="target">The TargetObject.</param>
    /// <param name="module">This module, for the place to report a defect; null if it is not known.</param>
    /// <returns>The record, with id, category and recommended action.</returns>
    public static ErrorRecord Create(Exception exception, object? target, PSModuleInfo? module)
    {
        // Every other exception type is a defect of this module.
        var known = exception as AppRunnerException ?? new ModuleDefectException(exception);
        var id = known.ErrorId;
        var record = new ErrorRecord(known, id, CategoryOf(id), target);
        var action = known.RecommendedAction ?? known switch
        {
            ModuleDefectException => $"Report it {PlaceToReport(module)}. Include the output of 'Get-Error | Out-String' and the module's version{VersionOf(module)}.",
            InvalidRequestException when id == ErrorIds.InvalidParameter => "App Runner refused the request; nothing was changed. Correct the setting that the message names and run the command again.",
            _ => ActionFor(id),
        };
        if (known is AppRunnerServiceException { RequestId: { Length: > 0 } requestId })
            action += $" (AWS request id {requestId})";
        record.ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = action };
        return record;
    }

    /// <summary>The warning for a defect of the local endpoint.</summary>
    /// <param name="report">What happened.</param>
    /// <param name="module">This module, for the place to report a defect; null if it is not known.</param>
    /// <returns>The text.</returns>
    public static string DefectWarning(string report, PSModuleInfo? module) =>
        $"{report}. This is a defect of the AppRunner module. Report it {PlaceToReport(module)}. Include this text and the module's version{VersionOf(module)}.";

    // A package has the address of its repository in the manifest; a build from source may not.
    private static string PlaceToReport(PSModuleInfo? module) => module?.ProjectUri is { } project ? "at " + project : "in the project's issue tracker";

    private static string VersionOf(PSModuleInfo? module) => module is null ? string.Empty : $" ({module.Version})";

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

    private static string ActionFor(string id) => id switch
    {
        ErrorIds.InvalidParameter => "Correct the members in the message and run the command again; nothing was changed.",
        ErrorIds.ServiceNotFound => "List the services with Get-ARService; check the region and the credentials with Get-ARContext.",
        ErrorIds.ResourceNotFound => "Check the name, ARN or id, the region and the account (Get-ARContext).",
        ErrorIds.InvalidServiceState => "Check the Status with Get-ARService, or with the Get cmdlet of the other resource. If an operation is in progress, wait with Wait-AROperation and try again.",
        ErrorIds.QuotaExceeded => "Delete resources that you do not need (CREATE_FAILED services count too), or request a higher quota in the Service Quotas console.",
        ErrorIds.ServiceAlreadyExists => "Use another -ServiceName, change the service with Update-ARService, or delete it with Remove-ARService.",
        ErrorIds.ResourceAlreadyExists => "Use another name, or use, change or delete the existing resource.",
        ErrorIds.AccessRoleNotAssumable => "Check that the role exists and that its trust policy names build.apprunner.amazonaws.com (access role) or tasks.apprunner.amazonaws.com (instance role).",
        ErrorIds.AuthenticationFailed => "Check the keys or the profile with Get-ARContext; renew temporary credentials; check the clock of the computer.",
        ErrorIds.AccessDenied => "Add the permission apprunner:OPERATION on the resource to the identity, and iam:PassRole for roles.",
        ErrorIds.Throttled => "Wait and try again, or use a smaller -ThrottleLimit.",
        ErrorIds.ServiceError => "Try again. If it does not help, check the AWS Health Dashboard and contact AWS Support with the request id.",
        ErrorIds.NetworkError => "Check the network, the proxy and -EndpointUrl, then try again.",
        ErrorIds.OperationFailed or ErrorIds.OperationRolledBack => "Read the logs with Get-ARServiceLog (-OperationId for the log of the operation, -Kind Application for the output of the program), correct the cause and try again.",
        ErrorIds.WaitTimeout => "Wait again with Wait-AROperation, or use a longer -Timeout.",
        ErrorIds.NoRegion => "Use -Region, set a default with Set-ARContext -Region, or set AWS_REGION.",
        ErrorIds.NoCredential => "Use -ProfileName or keys, set a default with Set-ARContext, log in with 'aws sso login', or try it without an account: Start-ARLocalEndpoint.",
        ErrorIds.LocalEndpointError => "Check with Get-ARLocalEndpoint; use another -Port or leave it out.",
        _ => string.Empty,
    };

    private sealed class ModuleDefectException(Exception innerException)
        : AppRunnerException(ErrorIds.InternalError, $"This is a defect of the AppRunner module: {innerException.GetType().Name}: {innerException.Message}", innerException);
}
