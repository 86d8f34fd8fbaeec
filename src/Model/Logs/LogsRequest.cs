using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Logs;

/// <summary>A request of CloudWatch Logs, where App Runner keeps the logs of services.</summary>
/// <typeparam name="TResponse">The API's response shape.</typeparam>
internal abstract class LogsRequest<TResponse> : AppRunnerRequest<TResponse>
    where TResponse : AppRunnerResponse
{
    private protected LogsRequest()
    {
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override string TargetPrefix => LogsApi.TargetPrefix;
}

/// <summary>A request about one log group.</summary>
/// <typeparam name="TResponse">The API's response shape.</typeparam>
internal abstract class LogGroupRequest<TResponse> : LogsRequest<TResponse>, ICrossFieldRules
    where TResponse : AppRunnerResponse
{
    private protected LogGroupRequest()
    {
    }

    /// <summary>The group's name. This or <see cref="LogGroupIdentifier"/>.</summary>
    [JsonPropertyName("logGroupName")]
    [Length(1, 512), Pattern(@"[\.\-_/#A-Za-z0-9]+", "letters, digits and . - _ / #")]
    public string? LogGroupName { get; set; }

    /// <summary>The group's name or ARN. This or <see cref="LogGroupName"/>.</summary>
    [JsonPropertyName("logGroupIdentifier")]
    [Length(1, 2048), Pattern(@"[\w#+=/:,.@-]*", "a group's name or ARN")]
    public string? LogGroupIdentifier { get; set; }

    /// <inheritdoc/>
    public virtual IEnumerable<Problem> CheckTogether(object root)
    {
        if (string.IsNullOrEmpty(LogGroupName) == string.IsNullOrEmpty(LogGroupIdentifier))
            yield return new Problem("logGroupName", "or logGroupIdentifier is required, but not both.");
    }
}

/// <summary>Constants of the CloudWatch Logs protocol.</summary>
internal static class LogsApi
{
    /// <summary>The prefix of the operation in X-Amz-Target.</summary>
    public const string TargetPrefix = "Logs_20140328";

    /// <summary>The protocol's content type.</summary>
    public const string ContentType = "application/x-amz-json-1.1";

    /// <summary>Its name in signatures.</summary>
    public const string SigningName = "logs";

    /// <summary>The error code of an invalid request.</summary>
    public const string RefusalCode = "InvalidParameterException";

    /// <summary>The error code of an internal failure.</summary>
    public const string FailureCode = "ServiceUnavailableException";
}
