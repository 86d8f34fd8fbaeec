using System;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken.Model;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>Credentials of a role, from AssumeRole.</summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private readonly SdkClients clients;
    private readonly AWSCredentials source;
    private readonly AssumeRoleRequest request;

    public RoleCredentials(SdkClients clients, AWSCredentials source, AssumeRoleRequest request)
    {
        this.clients = clients;
        this.source = source;
        this.request = request;
        PreemptExpiryTime = TimeSpan.FromMinutes(request.DurationSeconds is <= 1200 ? 5 : 15);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        // The SDK would write them into the headers of its request as they are.
        var keys = await source.GetCredentialsAsync().ConfigureAwait(false);
        if (KeyText.ProblemOf(keys.AccessKey, keys.SecretKey, keys.Token) is { } problem)
            throw new LookupException("The source of the role: " + problem);
        using var client = clients.CreateSts(source);
        var response = await client.AssumeRoleAsync(request).ConfigureAwait(false);
        return new CredentialsRefreshState(
            new ImmutableCredentials(response.Credentials.AccessKeyId, response.Credentials.SecretAccessKey, response.Credentials.SessionToken),
            response.Credentials.Expiration!.Value);
    }
}

/// <summary>Credentials of a role, from AssumeRoleWithWebIdentity.</summary>
internal sealed class WebIdentityCredentials(SdkClients clients, string tokenFile, string roleArn, string? sessionName)
    : AssumeRoleWithWebIdentityCredentials(tokenFile, roleArn, sessionName)
{
    protected override ICoreAmazonSTS CreateClient() => clients.CreateSts(new AnonymousAWSCredentials());
}
