using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A request about one log group.</summary>
/// <typeparam name="TResponse">The API's response shape.</typeparam>
public abstract class LogGroupRequest<TResponse> : LogsRequest<TResponse>, ICrossFieldRules
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
            yield return new Problem("logGroupName", "or logGroupIdentifier is required, and not both.");
    }
}
