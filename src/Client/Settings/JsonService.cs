using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.Client.Settings;

/// <summary>What tells one AWS JSON service from another on the wire.</summary>
/// <param name="Name">How people call it, for messages.</param>
/// <param name="SigningName">Its name in signatures.</param>
/// <param name="EndpointPrefix">The first label of its host names.</param>
/// <param name="TargetPrefix">What stands before the operation in X-Amz-Target.</param>
/// <param name="ContentType">The protocol's content type, with its version.</param>
/// <param name="ConfigurationKey">Its name in AWS_ENDPOINT_URL_… and in the services sections of the shared configuration file.</param>
internal sealed record JsonService(string Name, string SigningName, string EndpointPrefix, string TargetPrefix, string ContentType, string ConfigurationKey)
{
    /// <summary>App Runner.</summary>
    public static JsonService AppRunner { get; } = new("App Runner", "apprunner", "apprunner", "AppRunner", "application/x-amz-json-1.0", "apprunner");

    /// <summary>CloudWatch Logs.</summary>
    public static JsonService Logs { get; } = new("CloudWatch Logs", LogsApi.SigningName, "logs", LogsApi.TargetPrefix, LogsApi.ContentType, "cloudwatch_logs") { HasFipsNamesInUsGov = false };

    /// <summary>Whether the FIPS endpoints of the AWS GovCloud regions have names of their own; else the plain ones are FIPS endpoints.</summary>
    public bool HasFipsNamesInUsGov { get; private init; } = true;

    /// <summary>The service that a request is for.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The service.</returns>
    public static JsonService Of(AppRunnerRequest request) => request.TargetPrefix == LogsApi.TargetPrefix ? Logs : AppRunner;
}
