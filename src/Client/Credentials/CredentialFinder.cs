using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Util;
using AppRunner.Client.Settings;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Client.Credentials;

/// <summary>
/// Finds the credentials. An explicitly named identity is used, or the call fails; there is no fallback. (The SDK's own chain uses the next
/// source, and so another identity, if the single sign-on of a named profile has expired.)
/// </summary>
/// <remarks>
/// The first source that is present is used. If it does not provide credentials, that is an error.
///  1. The given keys (-AccessKey and -SecretKey).
///  2. The key source of another module (-Credential, or a variable of AWS Tools for PowerShell).
///  3. The given profile (-ProfileName).
///  4. The environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
///  5. The profile that AWS_PROFILE names.
///  6. The web identity token of AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN.
///  7. The profile "default", if it has credentials.
///  8. The container endpoint of AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI.
///  9. The instance role from the EC2 metadata service.
/// Temporary credentials are fetched once here, so that errors are reported before the first call.
/// </remarks>
internal sealed class CredentialFinder
{
    // A credential process or single sign-on may call a remote server; the other sources are local.
    private static readonly TimeSpan ProfileLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ChainLimit = TimeSpan.FromSeconds(5);

    private readonly ProfileLookup profiles;
    private readonly SdkClients clients;
    private readonly IClock clock;

    public CredentialFinder(ProfileLookup profiles, string region, CertificateBundle? roots, IClock clock)
    {
        this.profiles = profiles;
        this.clock = clock;
        clients = new SdkClients(region, profiles, roots);
    }

    /// <summary>Finds the credentials and fetches temporary ones.</summary>
    /// <param name="settings">The settings of the connection.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>The credentials, and where they come from.</returns>
    /// <exception cref="NoCredentialException">No credentials were found, or the named ones are not available.</exception>
    /// <exception cref="InvalidParameterException">Only one of AccessKey and SecretKey was given.</exception>
    public async Task<(AWSCredentials Credentials, CredentialSource Source)> FindAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var source = Choose(settings);
        return (await source.FetchAsync(cancellationToken).ConfigureAwait(false), source);
    }

    /// <summary>Chooses the source of the credentials. Makes no call, and starts no program.</summary>
    /// <param name="settings">The settings of the connection.</param>
    /// <returns>The source.</returns>
    /// <exception cref="NoCredentialException">There is none, or the named one is incomplete.</exception>
    /// <exception cref="InvalidParameterException">Only one of AccessKey and SecretKey was given.</exception>
    public CredentialSource Choose(ConnectionSettings settings)
    {
        if (GivenKeys(settings) is { } given)
            return Ready("given keys", $"access key {EnvironmentText.OrNull(settings.AccessKey)}", given);
        if (settings.KeySource is { } keys)
            return new CredentialSource(keys.Name, "an object that returns the keys", token => CacheAsync(new KeySourceCredentials(keys, ProfileLimit, clock), token));
        if (profiles.Given is not null)
            return NamedProfile($"profile \"{profiles.Name}\"");
        if (FromVariables() is { } fromVariables)
        {
            return Ready("environment variables", $"access key {EnvironmentText.Variable("AWS_ACCESS_KEY_ID")}", fromVariables) with
            {
                AccountId = EnvironmentText.Variable("AWS_ACCOUNT_ID"),
                AccountSource = "AWS_ACCOUNT_ID",
            };
        }

        if (profiles.Named is not null)
            return NamedProfile($"profile \"{profiles.Name}\" (AWS_PROFILE)");
        if (EnvironmentText.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } tokenFile)
        {
            var role = EnvironmentText.Variable("AWS_ROLE_ARN") ?? throw new NoCredentialException("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not.");
            if (!Path.IsPathRooted(tokenFile))
                throw new NoCredentialException($"AWS_WEB_IDENTITY_TOKEN_FILE is '{tokenFile}', which is not an absolute path.");
            return Fetched("web identity token", $"role {role}", () => new WebIdentityCredentials(clients, tokenFile, role, EnvironmentText.Variable("AWS_ROLE_SESSION_NAME")), ChainLimit, null) with
            {
                AccountId = AccountOf(role),
                AccountSource = "AWS_ROLE_ARN",
            };
        }

        if (profiles.Profile is { } profile && ProfileCredentials.HasCredentials(profile))
            return OfProfile(profile, "profile \"default\"");
        if (ContainerCredentials.IsConfigured)
            return Fetched("container", "role of the container", () => new ContainerCredentials(clients.Roots), ChainLimit, null);
        return EC2InstanceMetadata.IsIMDSEnabled
            ? new CredentialSource("EC2 instance role", null, FetchFromInstanceMetadataAsync)
            : throw NotFound("the EC2 metadata service is disabled", null);
    }

    /// <summary>The account of an ARN.</summary>
    /// <param name="arn">The ARN.</param>
    /// <returns>Its account; null if the ARN is malformed.</returns>
    public static string? AccountOf(string? arn) => Arn.TrySplit(arn, out var parts) && parts.Malformation is null ? parts.AccountId : null;

    /// <summary>Checks that the named profile exists, if the credentials come from it. Makes no call.</summary>
    /// <param name="settings">The settings of the connection.</param>
    /// <param name="profiles">The profile that they name.</param>
    /// <exception cref="NoCredentialException">There is no profile of that name.</exception>
    public static void CheckProfileName(ConnectionSettings settings, ProfileLookup profiles)
    {
        if (profiles.Named is null || settings.KeySource is not null || GivenKeys(settings) is not null || (profiles.Given is null && FromVariables() is not null))
            return;
        if (!profiles.Names.Contains(profiles.Name, StringComparer.Ordinal))
            throw NoSuchProfile(profiles);
    }

    private static NoCredentialException NoSuchProfile(ProfileLookup profiles)
    {
        var near = Suggestions.Nearest(profiles.Name, profiles.Names);
        return new NoCredentialException(
            $"There is no profile named \"{profiles.Name}\"{(profiles.Given is null ? " (from AWS_PROFILE)" : string.Empty)} in {profiles.Files.ConfigPath} or {profiles.Files.CredentialsPath}."
            + Suggestions.Question(near));
    }

    private static AWSCredentials? GivenKeys(ConnectionSettings settings)
    {
        var (access, secret, token) = (EnvironmentText.OrNull(settings.AccessKey), EnvironmentText.OrNull(settings.SecretKey), EnvironmentText.OrNull(settings.SessionToken));
        if (access is null && secret is null && token is null)
            return null;
        if (access is null)
            throw new InvalidParameterException($"{(secret is null ? "SessionToken" : "SecretKey")} was given without AccessKey.");
        if (secret is null)
            throw new InvalidParameterException("AccessKey was given without SecretKey.");
        if (KeyText.ProblemOf(access, secret, token) is { } problem)
            throw new InvalidParameterException(problem);
        return token is null ? new BasicAWSCredentials(access, secret) : new SessionAWSCredentials(access, secret, token);
    }

    private static async Task<AWSCredentials> CacheAsync(CachedCredentials credentials, CancellationToken cancellationToken)
    {
        await credentials.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return credentials;
    }

    private static EnvironmentVariablesAWSCredentials? FromVariables()
    {
        var access = EnvironmentText.Variable("AWS_ACCESS_KEY_ID");
        var secret = EnvironmentText.Variable("AWS_SECRET_ACCESS_KEY") ?? EnvironmentText.Variable("AWS_SECRET_KEY");
        return (access, secret) switch
        {
            (null, null) => null,
            (null, _) => throw new NoCredentialException("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not."),
            (_, null) => throw new NoCredentialException("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not."),
            _ when KeyText.ProblemOf(access, secret, EnvironmentText.Variable("AWS_SESSION_TOKEN")) is { } problem => throw new NoCredentialException("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY or AWS_SESSION_TOKEN cannot be used: " + problem),
            _ => new EnvironmentVariablesAWSCredentials(),
        };
    }

    private static CredentialSource Ready(string name, string description, AWSCredentials credentials) => new(name, description, _ => Task.FromResult(credentials));

    private CredentialSource Fetched(string name, string description, Func<AWSCredentials> make, TimeSpan limit, string? ssoProfile) =>
        new(name, description, token => FetchAsync(make, name, limit, ssoProfile, token));

    private CredentialSource NamedProfile(string name) => profiles.Profile is { } profile
        ? OfProfile(profile, name)
        : Fetched(name, "encrypted profile of this computer", () => profiles.WindowsStore.CredentialsOf(profiles.Name) ?? throw NoSuchProfile(profiles), ProfileLimit, null);

    private CredentialSource OfProfile(Profile profile, string name)
    {
        var factory = new ProfileCredentials(profiles.Files, clients);
        var plan = factory.Plan(profile);
        return Fetched(name, plan.Description, plan.Make, ProfileLimit, factory.SsoProfile(profile)) with { AccountId = plan.AccountId, AccountSource = plan.AccountSource };
    }

    private async Task<AWSCredentials> FetchFromInstanceMetadataAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(() => LookupException.Guard(() => new InstanceProfileAWSCredentials(NoProxy.Instance)), "EC2 instance role", ChainLimit, null, cancellationToken).ConfigureAwait(false);
        }
        catch (NoCredentialException exception)
        {
            throw NotFound("the EC2 metadata service returns none", exception.InnerException);
        }
    }

    private NoCredentialException NotFound(string lastSource, Exception? cause) =>
        new($"No credentials were found: no keys or profile were given, no environment variables are set, profile \"default\" in {profiles.Files.CredentialsPath} and {profiles.Files.ConfigPath} has none, and {lastSource}.", cause)
        {
            RecommendedAction = "Use -ProfileName, or -AccessKey and -SecretKey. Or set session defaults with Set-ARContext, or run 'aws configure'. To try the module without an AWS account, use Start-ARLocalEndpoint.",
        };

    private async Task<AWSCredentials> FetchAsync(Func<AWSCredentials> make, string source, TimeSpan limit, string? ssoProfile, CancellationToken cancellationToken)
    {
        try
        {
            // Some SDK credentials make calls in their constructors.
            var credentials = await BoundedLookup.RunAsync(() => Task.FromResult(make()), limit, clock, cancellationToken).ConfigureAwait(false);
            return credentials is RefreshingAWSCredentials temporary
                ? await CacheAsync(new RefreshingCredentials(temporary, limit, clock, source, ssoProfile), cancellationToken).ConfigureAwait(false)
                : credentials;
        }
        catch (LookupException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw CachedCredentials.CreateException(source, ssoProfile, exception);
        }
    }
}

/// <summary>Where credentials come from.</summary>
/// <param name="Name">Its name for messages.</param>
/// <param name="Description">What kind of credentials it has, without a secret; null if only a call can tell whether it has any.</param>
/// <param name="FetchAsync">Gets the credentials, and fetches temporary ones.</param>
internal sealed record CredentialSource(string Name, string? Description, Func<CancellationToken, Task<AWSCredentials>> FetchAsync)
{
    /// <summary>The account, where a setting names it; else null.</summary>
    public string? AccountId { get; init; }

    /// <summary><see cref="AccountId"/>, if it has the form of an account ID.</summary>
    public string? ValidAccountId => AccountId is { Length: 12 } digits && digits.All(digit => digit is >= '0' and <= '9') ? digits : null;

    /// <summary>The setting that names the account.</summary>
    public string? AccountSource { get; init; }
}
