using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>The credentials of the parameters: a profile, keys, or a credential object.</summary>
/// <param name="ProfileName">-ProfileName.</param>
/// <param name="AccessKey">-AccessKey.</param>
/// <param name="SecretKey">-SecretKey.</param>
/// <param name="SessionToken">-SessionToken.</param>
/// <param name="Credential">-Credential.</param>
internal sealed record GivenIdentity(string? ProfileName, string? AccessKey, string? SecretKey, string? SessionToken, AwsKeys? Credential)
{
    /// <summary>Whether one of the parameters is given.</summary>
    public bool IsGiven => ProfileName is not null || Keys is not null || Credential is not null;

    private string? Keys => AccessKey ?? SecretKey ?? SessionToken;

    /// <summary>Whether settings have credentials.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>False if the default credential chain decides.</returns>
    public static bool IsIn(ConnectionSettings settings) => (settings.ProfileName ?? settings.AccessKey) is not null || settings.KeySource is not null;

    /// <summary>Throws if two kinds of credentials are given, or only one of the two keys.</summary>
    public void Check()
    {
        if (Credential?.Problem is { } problem)
            throw new InvalidParameterException(problem);
        if (ProfileName is not null && Keys is not null)
            throw new InvalidParameterException("-ProfileName cannot be combined with keys.");
        if (Credential is not null && (ProfileName ?? Keys) is not null)
            throw new InvalidParameterException("-Credential cannot be combined with -ProfileName, -AccessKey, -SecretKey or -SessionToken.");
        if (Keys is not null && (AccessKey is null || SecretKey is null))
            throw new InvalidParameterException("-AccessKey and -SecretKey must be used together; -SessionToken requires both.");
        if (Keys is not null && KeyText.ProblemOf(AccessKey, SecretKey, SessionToken) is { } unusable)
            throw new InvalidParameterException(unusable);
        if (Credential is { Source: null } && KeyText.ProblemOf(Credential.AccessKey, Credential.SecretKey, Credential.SessionToken) is { } unusableObject)
            throw new InvalidParameterException("-Credential: " + unusableObject);
    }

    /// <summary>Replaces the credentials of settings with the given ones, if there are any.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>New settings.</returns>
    public ConnectionSettings ApplyTo(ConnectionSettings settings) => !IsGiven ? settings : settings with
    {
        ProfileName = ProfileName,
        AccessKey = AccessKey ?? Credential?.AccessKey,
        SecretKey = SecretKey ?? Credential?.SecretKey,
        SessionToken = SessionToken ?? Credential?.SessionToken,
        KeySource = Credential?.Source,
    };
}
