using System;
using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using AppRunner.Client.Endpoints;
using AppRunner.Client.Profiles;

namespace AppRunner.Client.Credentials;

/// <summary>
/// Makes clients of AWS's token service. The SDK's own way looks for the assembly by its bare name among all that the process has
/// loaded, and so takes another module's copy; and it asks in the region of the default profile.
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
