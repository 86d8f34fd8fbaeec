using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Metrics;

namespace AppRunner.Client.Settings;

/// <summary>The protocol properties of an AWS JSON service.</summary>
/// <param name="Name">Its name for messages.</param>
/// <param name="SigningName">Its signing name.</param>
/// <param name="EndpointPrefix">The first label of its host names.</param>
/// <param name="TargetPrefix">The prefix of the operation in X-Amz-Target.</param>
/// <param name="ContentType">The protocol's content type, with its version.</param>
/// <param name="ConfigurationKey">Its name in AWS_ENDPOINT_URL_… and in the services sections of the shared configuration file.</param>
internal sealed record JsonService(string Name, string SigningName, string EndpointPrefix, string TargetPrefix, string ContentType, string ConfigurationKey)
{
    /// <summary>App Runner.</summary>
    public static JsonService AppRunner { get; } = new("App Runner", "apprunner", "apprunner", "AppRunner", "application/x-amz-json-1.0", "apprunner");

    /// <summary>CloudWatch Logs.</summary>
    public static JsonService Logs { get; } = new("CloudWatch Logs", LogsApi.SigningName, "logs", LogsApi.TargetPrefix, LogsApi.ContentType, "cloudwatch_logs") { HasFipsNamesInUsGov = false };

    /// <summary>CloudWatch.</summary>
    public static JsonService Metrics { get; } = new("CloudWatch", MetricsApi.SigningName, "monitoring", MetricsApi.TargetPrefix, MetricsApi.ContentType, "cloudwatch") { HasFipsNamesInUsGov = false, IsQueryCompatible = true };

    /// <summary>Whether the service also has a query protocol, whose error codes it returns without the header <c>x-amzn-query-mode</c>.</summary>
    public bool IsQueryCompatible { get; private init; }

    /// <summary>Whether the FIPS endpoints of the AWS GovCloud regions have separate names; otherwise the standard endpoints are FIPS endpoints.</summary>
    public bool HasFipsNamesInUsGov { get; private init; } = true;

    /// <summary>The service of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The service.</returns>
    public static JsonService Of(AppRunnerRequest request) => request.TargetPrefix switch
    {
        LogsApi.TargetPrefix => Logs,
        MetricsApi.TargetPrefix => Metrics,
        _ => AppRunner,
    };
}
