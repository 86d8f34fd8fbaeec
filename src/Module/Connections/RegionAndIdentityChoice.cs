using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.Connections;

/// <summary>
/// Chooses region, identity and endpoint of a call. Each of them is the first that is there: the parameter (of a region before it the ARN's),
/// Set-ARContext, a local endpoint that runs in this session, what AWS.Tools keep in the session. What is left open then, the client looks
/// up as AWS's own tools do: AWS_* variables, the profile, the instance.
/// </summary>
/// <param name="session">Defaults and the local endpoint.</param>
/// <param name="identity">What the parameters name.</param>
/// <param name="endpointUrl">-EndpointUrl; null where it is not given.</param>
/// <param name="tools">What AWS.Tools keep.</param>
internal sealed class RegionAndIdentityChoice(SessionContext session, GivenIdentity identity, string? endpointUrl, AwsToolsVariables tools)
{
    /// <summary>The settings for a region.</summary>
    /// <param name="region">The region that was asked for, by parameter or by an ARN; null for the default one.</param>
    /// <returns>What is known; null stands for what the client looks up.</returns>
    /// <exception cref="InvalidParameterException">Two identities at once, or half a pair of keys.</exception>
    public ConnectionSettings SettingsFor(string? region)
    {
        identity.Check();
        var defaults = session.Defaults;

        // An identity or an endpoint that is named is used: the local endpoint never stands in for it.
        if (!identity.IsGiven && endpointUrl is null && session.LocalEndpoint is { } local)
            return new ConnectionSettings(region ?? defaults.Region ?? local.Region, null, local.AccessKey, local.SecretKey, null, local.EndpointUrl);
        var settings = identity.Over(defaults) with { Region = region ?? defaults.Region ?? tools.Region, EndpointUrl = endpointUrl ?? defaults.EndpointUrl };
        return GivenIdentity.IsIn(settings) ? settings : tools.Over(settings);
    }
}
