#if NET
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SSO;
using Amazon.SSOOIDC;
#endif

namespace AppRunner.Client.Credentials;

/// <summary>
/// Gives the SDK its clients of IAM Identity Center. By itself it takes the first assembly of that name that the process has loaded,
/// which on PowerShell 7 can be another module's, of another load context: its types do not fit. Windows PowerShell has one
/// AWSSDK.Core for all, which is nobody's to configure.
/// </summary>
internal static class SignOnClients
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
