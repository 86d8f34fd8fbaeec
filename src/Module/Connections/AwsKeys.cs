using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>An access key id and secret key, with or without a session token, or an object that provides them. Its text has no secrets.</summary>
public sealed class AwsKeys
{
    internal AwsKeys(string? accessKey, string? secretKey, string? sessionToken)
    {
        AccessKey = accessKey;
        SecretKey = secretKey;
        SessionToken = string.IsNullOrEmpty(sessionToken) ? null : sessionToken;
    }

    internal AwsKeys(string problem) => Problem = problem;

    internal AwsKeys(IKeySource source) => Source = source;

    /// <summary>The access key id; null if an object provides it for each call.</summary>
    public string? AccessKey { get; }

    internal string? SecretKey { get; }

    /// <summary>Why the given value is invalid. The cmdlet reports it, with this module's error id.</summary>
    internal string? Problem { get; }

    internal string? SessionToken { get; }

    /// <summary>The object that provides the keys instead.</summary>
    internal IKeySource? Source { get; }

    /// <summary>The access key id only.</summary>
    /// <returns>The access key id, without secrets.</returns>
    public override string ToString() => AccessKey ?? string.Empty;
}
