#if NET
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SSO;
using Amazon.SSOOIDC;
#endif

namespace AppRunner.Client.Credentials;

/// <summary>
/// Registers the SDK's clients for IAM Identity Center. The SDK itself uses the first loaded assembly of that name, which on PowerShell 7
/// can be another module's copy in another load context, with incompatible types. Windows PowerShell has one AWSSDK.Core for the process,
/// so this module does not change its configuration.
/// </summary>
internal static class SsoClients
{
    public static void Register()
    {
#if NET
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSSOClient(static context =>
            new AmazonSSOClient(new AnonymousAWSCredentials(), new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region }));
        registry.RegisterSSOOIDCClient(static context =>
            new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region }));
#endif
    }
}
