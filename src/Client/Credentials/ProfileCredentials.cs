using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken.Model;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>From a profile to credentials, as the AWS CLI reads one: a role, a single sign-on, keys, a program.</summary>
internal sealed class ProfileCredentials(ProfileFiles files, StsClients clients)
{
    private static readonly string[] Kinds =
        ["role_arn", "sso_session", "sso_account_id", "sso_role_name", "aws_access_key_id", "aws_secret_access_key", "credential_process", "login_session"];

    /// <summary>Whether a profile says anything about credentials.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>False where it only holds settings such as a region.</returns>
    public static bool Has(Profile profile) =>
        Kinds.Any(key => profile[key] is not null);

    /// <summary>Whether a profile signs on through IAM Identity Center, itself or through its source.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>The name of the profile that does; null where none.</returns>
    public string? SignOnProfile(Profile profile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var current = profile; current is not null && seen.Add(current.Name); current = current["source_profile"] is { } source ? files.Find(source) : null)
        {
            if (current["role_arn"] is null && IsSignOn(current))
                return current.Name;
        }

        return null;
    }

    /// <summary>The credentials of a profile. Makes no call.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="NoCredentialException">The profile is incomplete.</exception>
    public AWSCredentials Of(Profile profile) => Of(profile, new HashSet<string>(StringComparer.Ordinal));

    private static bool IsSignOn(Profile profile) => profile["sso_account_id"] is not null || profile["sso_role_name"] is not null || profile["sso_session"] is not null;

    private static NoCredentialException Wrong(Profile profile, string what) => new($"Profile \"{profile.Name}\" {what}.");

    private static AWSCredentials Keys(Profile profile)
    {
        var access = profile["aws_access_key_id"] ?? throw Wrong(profile, "has aws_secret_access_key, but no aws_access_key_id");
        var secret = profile["aws_secret_access_key"] ?? throw Wrong(profile, "has aws_access_key_id, but no aws_secret_access_key");
        return profile["aws_session_token"] is { } token ? new SessionAWSCredentials(access, secret, token) : new BasicAWSCredentials(access, secret);
    }

    private AWSCredentials Of(Profile profile, HashSet<string> seen)
    {
        if (profile["role_arn"] is { } role)
            return profile["web_identity_token_file"] is { } tokenFile ? WebIdentity(profile, role, tokenFile) : Role(profile, role, seen);
        if (IsSignOn(profile))
            return SignOn(profile);
        if (profile["aws_access_key_id"] is not null || profile["aws_secret_access_key"] is not null)
            return Keys(profile);
        if (profile["credential_process"] is { } program)
            return new ProcessAWSCredentials(program);
        throw Wrong(profile, profile["login_session"] is null
            ? "has no credentials"
            : "uses login_session, which this module does not support. Export its keys to another profile with 'aws configure export-credentials'");
    }

    private WebIdentityCredentials WebIdentity(Profile profile, string role, string tokenFile)
    {
        try
        {
            return new WebIdentityCredentials(clients, tokenFile, role, profile["role_session_name"]);
        }
        catch (ArgumentException exception)
        {
            throw new NoCredentialException($"Profile \"{profile.Name}\" is not valid: {exception.Message}", exception);
        }
    }

    private RoleCredentials Role(Profile profile, string role, HashSet<string> seen)
    {
        if (!seen.Add(profile.Name))
            throw Wrong(profile, "refers to itself through source_profile");
        if (profile["mfa_serial"] is not null)
            throw Wrong(profile, "requires an MFA code, which this module does not support. Get temporary keys with 'aws sts assume-role' and use those");
        int? duration = null;
        if (profile["duration_seconds"] is { } text)
            duration = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : throw Wrong(profile, "has a duration_seconds that is not a number");
        var request = new AssumeRoleRequest
        {
            RoleArn = role,
            RoleSessionName = profile["role_session_name"] ?? "apprunner-" + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture),
            ExternalId = profile["external_id"],
            DurationSeconds = duration,
        };
        return new RoleCredentials(clients, Source(profile, seen), request);
    }

    private AWSCredentials Source(Profile profile, HashSet<string> seen)
    {
        switch (profile["source_profile"], profile["credential_source"])
        {
            case ({ } name, null):
                var source = files.Find(name) ?? throw Wrong(profile, $"names the source_profile \"{name}\", which does not exist");

                // A profile may hold the keys for its own role.
                return name == profile.Name && profile["aws_access_key_id"] is not null ? Keys(profile) : Of(source, seen);
            case (null, { } kind):
                return kind.ToUpperInvariant() switch
                {
                    "ENVIRONMENT" => new EnvironmentVariablesAWSCredentials(),
                    "EC2INSTANCEMETADATA" => new InstanceProfileAWSCredentials(),
                    "ECSCONTAINER" => new GenericContainerCredentials(),
                    _ => throw Wrong(profile, $"has the credential_source '{kind}'. It must be Environment, Ec2InstanceMetadata or EcsContainer"),
                };
            case (null, null):
                throw Wrong(profile, "has role_arn, but neither source_profile nor credential_source");
            default:
                throw Wrong(profile, "has both source_profile and credential_source");
        }
    }

    private SSOAWSCredentials SignOn(Profile profile)
    {
        var session = profile["sso_session"];
        if (session is not null && files.SsoSetting(session, "sso_start_url") is null)
            throw Wrong(profile, $"names the sso_session \"{session}\", which does not exist or has no sso_start_url");

        string Setting(string key) => (session is null ? null : files.SsoSetting(session, key)) ?? profile[key] ?? throw Wrong(profile, $"uses IAM Identity Center, but has no {key}");

        SignOnClients.Register();
        return new SSOAWSCredentials(
            Setting("sso_account_id"),
            Setting("sso_region"),
            Setting("sso_role_name"),
            Setting("sso_start_url"),
            new SSOAWSCredentialsOptions { SessionName = session, SupportsGettingNewToken = false });
    }
}

/// <summary>The encrypted store that AWS's tools for PowerShell and Visual Studio keep profiles in; on Windows only.</summary>
internal static class WindowsProfileStore
{
    private static bool IsThere => Environment.OSVersion.Platform == PlatformID.Win32NT;

    public static AWSCredentials? Find(string name)
    {
        if (!IsThere)
            return null;
        var store = new NetSDKCredentialsFile();
        return store.TryGetProfile(name, out var profile) ? profile.GetAWSCredentials(store) : null;
    }

    public static IEnumerable<string> Names() => IsThere ? new NetSDKCredentialsFile().ListProfiles().Select(profile => profile.Name) : [];
}
