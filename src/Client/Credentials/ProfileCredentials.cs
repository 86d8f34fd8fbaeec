using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>Creates the credentials of a profile, with the rules of the AWS CLI: a role, single sign-on, keys or a credential process.</summary>
internal sealed class ProfileCredentials(ProfileFiles files, SdkClients clients)
{
    private static readonly string[] CredentialKeys =
        ["role_arn", "sso_session", "sso_account_id", "sso_role_name", "aws_access_key_id", "aws_secret_access_key", "credential_process", "login_session"];

    /// <summary>Whether a profile has credential settings.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>False if it only has settings such as a region.</returns>
    public static bool HasCredentials(Profile profile) =>
        CredentialKeys.Any(key => profile[key] is not null);

    /// <summary>The profile with the single sign-on (IAM Identity Center) of a profile: itself or its source profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>Its name; null if there is no single sign-on.</returns>
    public string? SsoProfile(Profile profile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var current = profile; current is not null && seen.Add(current.Name); current = current["source_profile"] is { } source ? files.Find(source) : null)
        {
            if (current["role_arn"] is null && IsSso(current))
                return current.Name;
        }

        return null;
    }

    /// <summary>Reads which credentials a profile has. Makes no call.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>The credentials, which are not created yet.</returns>
    /// <exception cref="NoCredentialException">The profile is incomplete.</exception>
    public ProfilePlan Plan(Profile profile) => Plan(profile, new HashSet<string>(StringComparer.Ordinal));

    private static bool IsSso(Profile profile) => profile["sso_account_id"] is not null || profile["sso_role_name"] is not null || profile["sso_session"] is not null;

    private static NoCredentialException Invalid(Profile profile, string what) => new($"Profile \"{profile.Name}\" {what}.");

    private static ProfilePlan Keys(Profile profile)
    {
        var access = profile["aws_access_key_id"] ?? throw Invalid(profile, "has aws_secret_access_key, but no aws_access_key_id");
        var secret = profile["aws_secret_access_key"] ?? throw Invalid(profile, "has aws_access_key_id, but no aws_secret_access_key");
        return new ProfilePlan($"access key {access}", () => profile["aws_session_token"] is { } token ? new SessionAWSCredentials(access, secret, token) : new BasicAWSCredentials(access, secret))
        {
            AccountId = profile["aws_account_id"],
            AccountSource = $"aws_account_id of profile \"{profile.Name}\"",
        };
    }

    private ProfilePlan Plan(Profile profile, HashSet<string> seen)
    {
        if (profile["role_arn"] is { } role)
        {
            var assumed = profile["web_identity_token_file"] is { } tokenFile ? WebIdentity(profile, role, tokenFile) : Role(profile, role, seen);
            return assumed with { AccountId = CredentialFinder.AccountOf(role), AccountSource = $"role_arn of profile \"{profile.Name}\"" };
        }

        if (IsSso(profile))
            return Sso(profile);
        if (profile["aws_access_key_id"] is not null || profile["aws_secret_access_key"] is not null)
            return Keys(profile);
        if (profile["credential_process"] is { } program)
            return new ProfilePlan("credential_process, a program", () => new ProcessCredentials(program));
        throw Invalid(profile, profile["login_session"] is null
            ? "has no credentials"
            : "uses login_session, which this module does not support. Export its keys to another profile with 'aws configure export-credentials'");
    }

    private ProfilePlan WebIdentity(Profile profile, string role, string tokenFile)
    {
        if (!Path.IsPathRooted(tokenFile))
            throw Invalid(profile, $"has the web_identity_token_file '{tokenFile}', which is not an absolute path");
        return new ProfilePlan($"role {role}, by a web identity token", () => new WebIdentityCredentials(clients, tokenFile, role, profile["role_session_name"]));
    }

    private ProfilePlan Role(Profile profile, string role, HashSet<string> seen)
    {
        if (!seen.Add(profile.Name))
            throw Invalid(profile, "refers to itself through source_profile");
        if (profile["mfa_serial"] is not null)
            throw Invalid(profile, "requires an MFA code, which this module does not support. Get temporary keys with 'aws sts assume-role' and use those");
        int? duration = null;
        if (profile["duration_seconds"] is { } text)
            duration = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : throw Invalid(profile, "has a duration_seconds that is not a number");
        var source = Source(profile, seen);
        return new ProfilePlan($"role {role}, by {source.Description}", () => new RoleCredentials(clients, source.Make(), new AssumeRoleRequest
        {
            RoleArn = role,
            RoleSessionName = profile["role_session_name"] ?? "apprunner-" + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture),
            ExternalId = profile["external_id"],
            DurationSeconds = duration,
        }));
    }

    private ProfilePlan Source(Profile profile, HashSet<string> seen)
    {
        switch (profile["source_profile"], profile["credential_source"])
        {
            case ({ } name, null):
                var source = files.Find(name) ?? throw Invalid(profile, $"names the source_profile \"{name}\", which does not exist");

                // A profile can have the keys for its own role.
                return name == profile.Name && profile["aws_access_key_id"] is not null
                    ? Keys(profile) with { Description = "its own access key" }
                    : Plan(source, seen) with { Description = $"profile \"{name}\"" };
            case (null, { } kind):
                return kind.ToUpperInvariant() switch
                {
                    "ENVIRONMENT" => new ProfilePlan("environment variables", () => LookupException.Guard(() => new EnvironmentVariablesAWSCredentials())),
                    "EC2INSTANCEMETADATA" => new ProfilePlan("the role of the EC2 instance", () => LookupException.Guard(() => new InstanceProfileAWSCredentials(NoProxy.Instance))),
                    "ECSCONTAINER" => new ProfilePlan("the role of the container", () => new ContainerCredentials(clients.Roots)),
                    _ => throw Invalid(profile, $"has the credential_source '{kind}'. It must be Environment, Ec2InstanceMetadata or EcsContainer"),
                };
            case (null, null):
                throw Invalid(profile, "has role_arn, but neither source_profile nor credential_source");
            default:
                throw Invalid(profile, "has both source_profile and credential_source");
        }
    }

    private ProfilePlan Sso(Profile profile)
    {
        var session = profile["sso_session"];
        if (session is not null && files.SsoSetting(session, "sso_start_url") is null)
            throw Invalid(profile, $"names the sso_session \"{session}\", which does not exist or has no sso_start_url");

        string Setting(string key) => (session is null ? null : files.SsoSetting(session, key)) ?? profile[key] ?? throw Invalid(profile, $"uses IAM Identity Center, but has no {key}");

        var account = Setting("sso_account_id");

        // It becomes a part of a host name.
        var region = RegionFinder.IsRegionName(Setting("sso_region")) ? Setting("sso_region") : throw Invalid(profile, "has an sso_region that is not a valid region name");
        var (role, start) = (Setting("sso_role_name"), Setting("sso_start_url"));
        return new ProfilePlan($"IAM Identity Center, role {role}", Make) { AccountId = account, AccountSource = $"sso_account_id of profile \"{profile.Name}\"" };

        SSOAWSCredentials Make()
        {
#if NET
            clients.RegisterSso();
#endif
            return new SSOAWSCredentials(account, region, role, start, new SSOAWSCredentialsOptions { SessionName = session, SupportsGettingNewToken = false });
        }
    }
}

/// <summary>The credentials of a profile, before they are created.</summary>
/// <param name="Description">What kind of credentials they are, without a secret.</param>
/// <param name="Make">Creates them. It may make calls.</param>
internal sealed record ProfilePlan(string Description, Func<AWSCredentials> Make)
{
    /// <summary>The account, where the profile names it; else null.</summary>
    public string? AccountId { get; init; }

    /// <summary>The setting that names the account.</summary>
    public string? AccountSource { get; init; }
}
