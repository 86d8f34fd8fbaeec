using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>The identity that parameters name: a profile, a pair of keys, or a credential object.</summary>
/// <param name="ProfileName">-ProfileName.</param>
/// <param name="AccessKey">-AccessKey.</param>
/// <param name="SecretKey">-SecretKey.</param>
/// <param name="SessionToken">-SessionToken.</param>
/// <param name="Credential">-Credential.</param>
internal sealed record GivenIdentity(string? ProfileName, string? AccessKey, string? SecretKey, string? SessionToken, AwsKeys? Credential)
{
    /// <summary>Whether any of them is given.</summary>
    public bool IsGiven => ProfileName is not null || Keys is not null || Credential is not null;

    private string? Keys => AccessKey ?? SecretKey ?? SessionToken;

    /// <summary>Whether settings name an identity.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>False where the chain of AWS's tools decides.</returns>
    public static bool IsIn(ConnectionSettings settings) => (settings.ProfileName ?? settings.AccessKey) is not null || settings.KeySource is not null;

    /// <summary>Refuses two identities at once, and half a pair of keys.</summary>
    public void Check()
    {
        if (Credential?.Problem is { } problem)
            throw new InvalidParameterException(problem);
        if (ProfileName is not null && Keys is not null)
            throw new InvalidParameterException("-ProfileName and keys exclude each other: give one identity.");
        if (Credential is not null && (ProfileName ?? Keys) is not null)
            throw new InvalidParameterException("-Credential excludes -ProfileName, -AccessKey, -SecretKey and -SessionToken: give one identity.");
        if (Keys is not null && (AccessKey is null || SecretKey is null))
            throw new InvalidParameterException("-AccessKey and -SecretKey go together; -SessionToken only with both.");
    }

    /// <summary>Some settings, with this identity in place of theirs where one is given.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>New settings.</returns>
    public ConnectionSettings Over(ConnectionSettings settings) => !IsGiven ? settings : settings with
    {
        ProfileName = ProfileName,
        AccessKey = AccessKey ?? Credential?.AccessKey,
        SecretKey = SecretKey ?? Credential?.SecretKey,
        SessionToken = SessionToken ?? Credential?.SessionToken,
        KeySource = Credential?.Source,
    };
}
