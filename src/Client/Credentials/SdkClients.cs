using System;
using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using AppRunner.Client.Settings;
#if NET
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.RuntimeDependencies;
using Amazon.SSO;
using Amazon.SSOOIDC;
using AppRunner.Model;
#endif

namespace AppRunner.Client.Credentials;

/// <summary>Creates the SDK's clients for AWS STS and IAM Identity Center.</summary>
/// <param name="region">The region of the connection.</param>
/// <param name="profiles">The profile.</param>
/// <param name="roots">The only trusted root certificates; null for those of the system. In Windows PowerShell the SDK has no setting for it.</param>
internal sealed class SdkClients(string region, ProfileLookup profiles, CertificateBundle? roots)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>The only trusted root certificates; null for those of the system.</summary>
    public CertificateBundle? Roots { get; } = roots;

    /// <summary>
    /// Creates a client for AWS STS. The SDK itself would look for its STS assembly by simple name among all loaded assemblies, and could use
    /// another module's copy; and it would use the region of the default profile.
    /// </summary>
    /// <param name="credentials">The credentials to sign with.</param>
    /// <returns>The client.</returns>
    public AmazonSecurityTokenServiceClient CreateSts(AWSCredentials credentials)
    {
        var config = Configure(new AmazonSecurityTokenServiceConfig { IgnoreConfiguredEndpointUrls = true, Timeout = Timeout });
        if (EndpointFinder.Override(null, "sts", profiles) is { } configured)
            config.ServiceURL = configured.Endpoint.AbsoluteUri;
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.AuthenticationRegion = region;
        return new AmazonSecurityTokenServiceClient(credentials, config);
    }

#if NET
    /// <summary>
    /// Registers the clients for IAM Identity Center. The SDK itself uses the first loaded assembly of that name, which on PowerShell 7
    /// can be another module's copy in another load context, with incompatible types. Windows PowerShell has one AWSSDK.Core for the process,
    /// so this module does not change its configuration. The registration is global to this copy of the SDK: the root certificates of the last
    /// connection apply.
    /// </summary>
    public void RegisterSso()
    {
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSSOClient(context => new AmazonSSOClient(new AnonymousAWSCredentials(), Configure(new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region })));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), Configure(new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region })));
    }

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        config.HttpClientFactory = new ClientFactory(Roots);
        return config;
    }

    // As for App Runner: no proxy for loopback, the certificates of AWS_CA_BUNDLE, and no header that contains a line break.
    private sealed class ClientFactory(CertificateBundle? roots) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        {
            var handler = HttpHandlers.Create(clientConfig.ServiceURL is { } url ? new Uri(url) : null, roots, Timeout);
            return new HttpClient(new HeaderCheck(handler)) { Timeout = clientConfig.Timeout ?? Timeout };
        }

        // The clients are used once.
        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => true;
    }

    // The SDK writes tokens of its files into headers as they are.
    private sealed class HeaderCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Headers.FirstOrDefault(header => !header.Value.All(KeyText.IsHeaderValue)) is { Key: { } name }
                ? throw new LookupException($"The value of the header {name} contains a line break, another control character or a character that is not ASCII.")
                : base.SendAsync(request, cancellationToken);
    }
#else
    // .NET Framework's requests use the proxy settings and certificates of the system, and refuse line breaks in headers.
    private static T Configure<T>(T config)
        where T : ClientConfig => config;
#endif
}
