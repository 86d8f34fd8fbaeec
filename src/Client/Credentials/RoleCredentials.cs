using System;
using System.Threading.Tasks;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using AppRunner.Client.Settings;

namespace AppRunner.Client.Credentials;

/// <summary>Credentials of a role, from AssumeRole.</summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private readonly StsClients clients;
    private readonly AWSCredentials source;
    private readonly AssumeRoleRequest request;

    public RoleCredentials(StsClients clients, AWSCredentials source, AssumeRoleRequest request)
    {
        this.clients = clients;
        this.source = source;
        this.request = request;
        PreemptExpiryTime = TimeSpan.FromMinutes(request.DurationSeconds is <= 1200 ? 5 : 15);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var client = clients.Create(source);
        var response = await client.AssumeRoleAsync(request).ConfigureAwait(false);
        return new CredentialsRefreshState(
            new ImmutableCredentials(response.Credentials.AccessKeyId, response.Credentials.SecretAccessKey, response.Credentials.SessionToken),
            response.Credentials.Expiration!.Value);
    }
}

/// <summary>Credentials of a role, from AssumeRoleWithWebIdentity.</summary>
internal sealed class WebIdentityCredentials(StsClients clients, string tokenFile, string roleArn, string? sessionName)
    : AssumeRoleWithWebIdentityCredentials(tokenFile, roleArn, sessionName)
{
    protected override ICoreAmazonSTS CreateClient() => clients.Create(new AnonymousAWSCredentials());
}

/// <summary>
/// Creates clients for AWS STS. The SDK itself would look for its STS assembly by simple name among all loaded assemblies, and could use
/// another module's copy; and it would use the region of the default profile.
/// </summary>
internal sealed class StsClients(string region, ProfileLookup profiles)
{
    public AmazonSecurityTokenServiceClient Create(AWSCredentials credentials)
    {
        var config = new AmazonSecurityTokenServiceConfig { IgnoreConfiguredEndpointUrls = true, Timeout = TimeSpan.FromSeconds(20) };
        if (EndpointFinder.Override(null, "sts", profiles) is { } endpoint)
            config.ServiceURL = endpoint.AbsoluteUri;
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.AuthenticationRegion = region;
        return new AmazonSecurityTokenServiceClient(credentials, config);
    }
}
