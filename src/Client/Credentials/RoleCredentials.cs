using System;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace AppRunner.Client.Credentials;

/// <summary>Credentials of a role that another identity assumes.</summary>
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
        var answer = await client.AssumeRoleAsync(request).ConfigureAwait(false);
        return new CredentialsRefreshState(
            new ImmutableCredentials(answer.Credentials.AccessKeyId, answer.Credentials.SecretAccessKey, answer.Credentials.SessionToken),
            answer.Credentials.Expiration!.Value);
    }
}
