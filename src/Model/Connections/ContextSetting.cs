namespace AppRunner.Model;

/// <summary>One setting of the connection to App Runner: its value, and where the value comes from. Contains no secret.</summary>
public sealed class ContextSetting
{
    /// <summary>The source of a value that the caller gave; the caller knows where it comes from.</summary>
    internal const string Given = "given";

    /// <summary>The source of a value that nothing sets.</summary>
    internal const string Default = "default";

    /// <summary>The source of an endpoint that only the region decides.</summary>
    internal const string OfRegion = "region";

    /// <summary>The source of what a local endpoint decides.</summary>
    internal const string LocalEndpoint = "local endpoint";

    internal const string RegionName = "Region";
    internal const string ProfileName = "Profile";
    internal const string CredentialsName = "Credentials";
    internal const string AccountName = "Account";
    internal const string EndpointName = "Endpoint";
    internal const string FipsName = "UseFipsEndpoint";
    internal const string DualStackName = "UseDualStackEndpoint";
    internal const string RequestTimeoutName = "RequestTimeout";
    internal const string MaxAttemptsName = "MaxAttempts";
    internal const string CaBundleName = "CaBundle";
    internal const string ProxyName = "Proxy";

    internal ContextSetting(string name, string? value, string? source, string? problem = null)
    {
        Name = name;
        Value = value;
        Source = source;
        Problem = problem;
    }

    /// <summary>The name of the setting, such as <c>Region</c>.</summary>
    public string Name { get; }

    /// <summary>The value that the next call uses; null if it is not known without a call.</summary>
    public string? Value { get; }

    /// <summary>Where the value comes from, such as <c>AWS_REGION</c>, or where it will come from.</summary>
    public string? Source { get; }

    /// <summary>Why the next call fails, in the words of its error, or that the region is not known; null if nothing is known to be wrong.</summary>
    public string? Problem { get; }

    /// <summary>Value and source.</summary>
    /// <returns>Such as <c>eu-west-1 (AWS_REGION)</c>.</returns>
    public override string ToString() => (Value, Source) switch
    {
        _ when Problem is not null => $"{Value} (see Problem)".Trim(),
        (null, null) => string.Empty,
        (null, _) => $"({Source})",
        (_, null) => Value,
        _ => $"{Value} ({Source})",
    };
}
