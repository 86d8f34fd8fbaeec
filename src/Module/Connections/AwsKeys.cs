using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>A pair of keys, perhaps with a session token, or an object that gives them. Shows none of its secrets.</summary>
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

    /// <summary>The access key id; null where an object gives it at each call.</summary>
    public string? AccessKey { get; }

    internal string? SecretKey { get; }

    /// <summary>What is wrong with what was given; told by the cmdlet, with its own error id.</summary>
    internal string? Problem { get; }

    internal string? SessionToken { get; }

    /// <summary>What gives the keys, in place of those here.</summary>
    internal IKeySource? Source { get; }

    /// <summary>The access key id only.</summary>
    /// <returns>A text without secrets.</returns>
    public override string ToString() => AccessKey ?? string.Empty;
}
