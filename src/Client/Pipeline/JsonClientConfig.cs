using System;
using System.Collections.Generic;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace AppRunner.Client.Pipeline;

/// <summary>
/// The SDK's settings for one client. All that the SDK would otherwise look up by itself (in files that it reads once per process)
/// is set, so that a connection is what its settings say.
/// </summary>
internal sealed class JsonClientConfig : ClientConfig, IDefaultConfigurationProvider, IEndpointProvider
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("AppRunner", typeof(JsonClientConfig).Assembly.GetName().Version!.ToString(3));

    private readonly JsonService service;
    private readonly Endpoint endpoint;

    public JsonClientConfig(JsonService service, string region, Uri endpoint, bool endpointIsOverridden)
        : base(NoDefaults.Instance)
    {
        this.service = service;
        this.endpoint = new Endpoint(endpoint.AbsoluteUri);

        // Each of these two resets the other; signatures must name the region in either case.
        if (endpointIsOverridden)
            ServiceURL = endpoint.AbsoluteUri;
        else
            RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        AuthenticationRegion = region;
        AuthenticationServiceName = service.SigningName;

        EndpointProvider = this;
        RetryMode = RequestRetryMode.Standard;

        // The retry policy of this client decides about every sending, so the silent ones of the SDK are off.
        MaxStaleConnectionRetries = 0;
        ThrottleRetries = false;

        // Temporary credentials may have been renewed while waiting, and a signature ages.
        ResignRetries = true;
        AllowAutoRedirect = false;
        DisableLogging = true;
        IgnoreConfiguredEndpointUrls = true;
        UseFIPSEndpoint = false;
        UseDualstackEndpoint = false;
        EndpointDiscoveryEnabled = false;
        DisableRequestCompression = true;
        DisableClockSkewCorrection = false;
        AccountIdEndpointMode = AccountIdEndpointMode.DISABLED;
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        AuthSchemePreference = new List<string>();
        ClientAppId = string.Empty;
    }

    public override string ServiceVersion => "2020-05-15";

    public override string UserAgent => Agent;

    public override string RegionEndpointServiceName => service.EndpointPrefix;

    // The endpoint is resolved already. The SDK appends to what it is given, so it gets a copy.
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => new(endpoint.URL);

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(endpoint.URL);

    public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
        NoDefaults.Instance.GetDefaultConfiguration(clientRegion, requestedConfigurationMode);

    private sealed class NoDefaults : IDefaultConfigurationProvider
    {
        public static NoDefaults Instance { get; } = new();

        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
            new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };
    }
}
