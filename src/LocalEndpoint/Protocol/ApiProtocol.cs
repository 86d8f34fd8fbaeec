using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Protocol;

/// <summary>What tells the APIs that are spoken here from each other.</summary>
/// <param name="SigningName">The name that requests are signed for.</param>
/// <param name="ContentType">The protocol's content type, with its version.</param>
/// <param name="MessageMember">The member of an error's body that holds its words.</param>
/// <param name="RefusalCode">The error of a request that breaks a rule.</param>
/// <param name="FailureCode">The error of a service that is broken inside.</param>
internal sealed record ApiProtocol(string SigningName, string ContentType, string MessageMember, string RefusalCode, string FailureCode)
{
    private static readonly ApiProtocol AppRunner = new("apprunner", "application/x-amz-json-1.0", "Message", nameof(InvalidRequestException), nameof(InternalServiceErrorException));
    private static readonly ApiProtocol Logs = new(LogsApi.SigningName, LogsApi.ContentType, "message", LogsApi.RefusalCode, LogsApi.FailureCode);

    /// <summary>The API of a request; App Runner's where it names none that is known.</summary>
    /// <param name="target">The request's X-Amz-Target.</param>
    public static ApiProtocol Of(string? target) => target?.StartsWith(LogsApi.TargetPrefix + ".", System.StringComparison.Ordinal) == true ? Logs : AppRunner;
}
