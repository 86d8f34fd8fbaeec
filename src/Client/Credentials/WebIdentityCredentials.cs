using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;

namespace AppRunner.Client.Credentials;

/// <summary>Credentials of a role for the bearer of a token file.</summary>
internal sealed class WebIdentityCredentials(StsClients clients, string tokenFile, string roleArn, string? sessionName)
    : AssumeRoleWithWebIdentityCredentials(tokenFile, roleArn, sessionName)
{
    protected override ICoreAmazonSTS CreateClient() => clients.Create(new AnonymousAWSCredentials());
}
