namespace AppRunner.Model;

/// <summary>What CloudWatch Logs is called on the wire.</summary>
public static class LogsApi
{
    /// <summary>What stands before an operation in X-Amz-Target.</summary>
    public const string TargetPrefix = "Logs_20140328";

    /// <summary>The protocol's content type.</summary>
    public const string ContentType = "application/x-amz-json-1.1";

    /// <summary>Its name in signatures.</summary>
    public const string SigningName = "logs";

    /// <summary>The error of a request that breaks a rule.</summary>
    public const string RefusalCode = "InvalidParameterException";

    /// <summary>The error of a service that is broken inside.</summary>
    public const string FailureCode = "ServiceUnavailableException";
}
