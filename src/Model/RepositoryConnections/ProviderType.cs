namespace AppRunner.Model;

/// <summary>Known values of a connection's provider (API: ProviderType).</summary>
public static class ProviderType
{
    /// <summary>GitHub.</summary>
    public const string GitHub = "GITHUB";

    /// <summary>Bitbucket.</summary>
    public const string Bitbucket = "BITBUCKET";
}
