using System;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.Connections;

/// <summary>
/// Chooses region, credentials and endpoint of a call. Order of precedence: the region of an ARN, parameters, Set-ARContext, a local
/// endpoint that runs in this session, the session variables of AWS.Tools. Then the client's default chain: AWS_* variables, the
/// profile, the instance.
/// </summary>
/// <param name="session">Defaults and the local endpoint.</param>
/// <param name="identity">The credentials of the parameters.</param>
/// <param name="endpointUrl">-EndpointUrl; null if it is not given.</param>
/// <param name="requestTimeout">-RequestTimeout; null if it is not given.</param>
/// <param name="tools">The session variables of AWS.Tools.</param>
internal sealed class RegionAndIdentityChoice(SessionContext session, GivenIdentity identity, string? endpointUrl, TimeSpan? requestTimeout, AwsToolsVariables tools)
{
    /// <summary>The settings for a region.</summary>
    /// <param name="region">The region of the parameter or of an ARN; null for the default.</param>
    /// <returns>The settings; null members are resolved by the client.</returns>
    /// <exception cref="InvalidParameterException">Two kinds of credentials are given, or only one of the two keys.</exception>
    public ConnectionSettings SettingsFor(string? region)
    {
        identity.Check();
        var defaults = session.Defaults with { RequestTimeout = ConnectionSettings.CheckRequestTimeout(requestTimeout) ?? session.Defaults.RequestTimeout };

        // An explicitly named identity or endpoint is used; the local endpoint never replaces it.
        if (!identity.IsGiven && endpointUrl is null && session.LocalEndpoint is { } local)
            return new ConnectionSettings(region ?? defaults.Region ?? local.Region, null, local.AccessKey, local.SecretKey, null, local.EndpointUrl) { RequestTimeout = defaults.RequestTimeout };
        var settings = identity.ApplyTo(defaults) with { Region = region ?? defaults.Region ?? tools.Region, EndpointUrl = endpointUrl ?? defaults.EndpointUrl };
        return GivenIdentity.IsIn(settings) ? settings : tools.ApplyTo(settings);
    }
}
