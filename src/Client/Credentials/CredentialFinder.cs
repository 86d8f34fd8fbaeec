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
    /// <returns>The credentials, and their source for messages.</returns>
    /// <exception cref="NoCredentialException">No credentials were found, or the named ones are not available.</exception>
    /// <exception cref="InvalidParameterException">Only one of AccessKey and SecretKey was given.</exception>
    public async Task<(AWSCredentials Credentials, string Source)> FindAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (GivenKeys(settings) is { } given)
            return (given, "given keys");
        if (settings.KeySource is { } keys)
            return (await CacheAsync(new KeySourceCredentials(keys, ProfileLimit, clock), cancellationToken).ConfigureAwait(false), keys.Name);
        if (profiles.Given is not null)
            return await FromNamedProfileAsync($"profile \"{profiles.Name}\"", cancellationToken).ConfigureAwait(false);
        if (FromVariables() is { } fromVariables)
            return (fromVariables, "environment variables");
        if (profiles.Named is not null)
            return await FromNamedProfileAsync($"profile \"{profiles.Name}\" (AWS_PROFILE)", cancellationToken).ConfigureAwait(false);
        if (EnvironmentText.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } tokenFile)
            return await FetchAsync(() => WebIdentity(tokenFile), "web identity token", ChainLimit, null, cancellationToken).ConfigureAwait(false);
        if (profiles.Profile is { } profile && ProfileCredentials.HasCredentials(profile))
            return await FromProfileAsync(profile, "profile \"default\"", cancellationToken).ConfigureAwait(false);
        if (ContainerCredentials.IsConfigured)
            return await FetchAsync(() => new ContainerCredentials(clients.Roots), "container", ChainLimit, null, cancellationToken).ConfigureAwait(false);
        return await FromInstanceMetadataAsync(cancellationToken).ConfigureAwait(false);
    }

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

    private Task<(AWSCredentials Credentials, string Source)> FromNamedProfileAsync(string source, CancellationToken cancellationToken)
    {
        if (profiles.Profile is { } profile)
            return FromProfileAsync(profile, source, cancellationToken);
        return FetchAsync(() => profiles.WindowsStore.CredentialsOf(profiles.Name) ?? throw NoSuchProfile(profiles), source, ProfileLimit, null, cancellationToken);
    }

    private Task<(AWSCredentials Credentials, string Source)> FromProfileAsync(Profile profile, string source, CancellationToken cancellationToken)
    {
        var factory = new ProfileCredentials(profiles.Files, clients);
        return FetchAsync(() => factory.Create(profile), source, ProfileLimit, factory.SsoProfile(profile), cancellationToken);
    }

    private async Task<(AWSCredentials Credentials, string Source)> FromInstanceMetadataAsync(CancellationToken cancellationToken)
    {
        NoCredentialException NotFound(string lastSource, Exception? cause) =>
            new($"No credentials were found: no keys or profile were given, no environment variables are set, profile \"default\" in {profiles.Files.CredentialsPath} and {profiles.Files.ConfigPath} has none, and {lastSource}.", cause)
            {
                RecommendedAction = "Use -ProfileName, or -AccessKey and -SecretKey. Or set session defaults with Set-ARContext, or run 'aws configure'. To try the module without an AWS account, use Start-ARLocalEndpoint.",
            };

        if (!EC2InstanceMetadata.IsIMDSEnabled)
            throw NotFound("the EC2 metadata service is disabled", null);
        try
        {
            return await FetchAsync(() => LookupException.Guard(() => new InstanceProfileAWSCredentials(NoProxy.Instance)), "EC2 instance role", ChainLimit, null, cancellationToken).ConfigureAwait(false);
        }
        catch (NoCredentialException exception)
        {
            throw NotFound("the EC2 metadata service returns none", exception.InnerException);
        }
    }

    private WebIdentityCredentials WebIdentity(string tokenFile)
    {
        var role = EnvironmentText.Variable("AWS_ROLE_ARN") ?? throw new NoCredentialException("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not.");
        return Path.IsPathRooted(tokenFile)
            ? new WebIdentityCredentials(clients, tokenFile, role, EnvironmentText.Variable("AWS_ROLE_SESSION_NAME"))
            : throw new NoCredentialException($"AWS_WEB_IDENTITY_TOKEN_FILE is '{tokenFile}', which is not an absolute path.");
    }

    private async Task<(AWSCredentials Credentials, string Source)> FetchAsync(
        Func<AWSCredentials> make, string source, TimeSpan limit, string? ssoProfile, CancellationToken cancellationToken)
    {
        try
        {
            // Some SDK credentials make calls in their constructors.
            var credentials = await BoundedLookup.RunAsync(() => Task.FromResult(make()), limit, clock, cancellationToken).ConfigureAwait(false);
            if (credentials is not RefreshingAWSCredentials temporary)
                return (credentials, source);
            return (await CacheAsync(new RefreshingCredentials(temporary, limit, clock, source, ssoProfile), cancellationToken).ConfigureAwait(false), source);
        }
        catch (LookupException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw CachedCredentials.CreateException(source, ssoProfile, exception);
        }
    }
}
