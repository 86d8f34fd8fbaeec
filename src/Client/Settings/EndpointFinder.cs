using System;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using AppRunner.Model;

namespace AppRunner.Client.Settings;

/// <summary>Finds the endpoint of a service.</summary>
internal static class EndpointFinder
{
    private static readonly string IgnoreVariable = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

    /// <summary>Finds the endpoint of a service.</summary>
    /// <param name="settings">The settings of the connection.</param>
    /// <param name="service">The service.</param>
    /// <param name="region">The region.</param>
    /// <param name="profiles">The profile.</param>
    /// <returns>The configured endpoint, otherwise the region's endpoint.</returns>
    /// <exception cref="InvalidParameterException">There is no such endpoint, or a setting is malformed.</exception>
    public static Uri Find(ConnectionSettings settings, JsonService service, string region, ProfileLookup profiles) =>
        Override(settings.EndpointUrl, service.ConfigurationKey, profiles)?.Endpoint ?? OfRegion(settings, service, region, profiles);

    /// <summary>A configured endpoint that replaces the region's.</summary>
    /// <param name="given">The endpoint of a parameter; null if there is none.</param>
    /// <param name="service">The service's key in variables and files, such as <c>apprunner</c>.</param>
    /// <param name="profiles">The profile.</param>
    /// <returns>The endpoint and the setting that has it; null if none is configured.</returns>
    /// <exception cref="InvalidParameterException">It is not an http or https URL.</exception>
    public static (Uri Endpoint, string Source)? Override(string? given, string service, ProfileLookup profiles)
    {
        if (EnvironmentText.OrNull(given) is { } url)
            return (Parse(url, "EndpointUrl"), ContextSetting.Given);
        if (EnvironmentText.Flag(EnvironmentText.Variable(IgnoreVariable), IgnoreVariable) == true)
            return null;
        foreach (var variable in new[] { "AWS_ENDPOINT_URL_" + service.ToUpperInvariant(), "AWS_ENDPOINT_URL" })
        {
            if (EnvironmentText.Variable(variable) is { } fromVariable)
                return (Parse(fromVariable, variable), variable);
        }

        if (profiles.Profile is not { } profile || profile.Flag("ignore_configured_endpoint_urls") == true)
            return null;
        if (profile["services"] is { } section && profiles.Files.ServiceEndpoint(section, service) is { } fromServices)
            return Named(fromServices, $"endpoint_url of {service} in the section [services {section}]");
        return profile["endpoint_url"] is { } fromProfile ? Named(fromProfile, $"endpoint_url of profile \"{profile.Name}\"") : null;

        static (Uri Endpoint, string Source) Named(string url, string source) => (Parse(url, source), source);
    }

    /// <summary>Whether FIPS endpoints are used.</summary>
    /// <param name="settings">The settings of the connection.</param>
    /// <param name="profiles">The profile.</param>
    /// <returns>The value and the setting that has it; null for the default.</returns>
    public static (bool IsUsed, string? Source) UsesFips(ConnectionSettings settings, ProfileLookup profiles) =>
        Switch("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", settings.UseFipsEndpoint, profiles);

    /// <summary>Whether dual-stack endpoints are used.</summary>
    /// <param name="settings">The settings of the connection.</param>
    /// <param name="profiles">The profile.</param>
    /// <returns>The value and the setting that has it; null for the default.</returns>
    public static (bool IsUsed, string? Source) UsesDualStack(ConnectionSettings settings, ProfileLookup profiles) =>
        Switch("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", settings.UseDualStackEndpoint, profiles);

    private static Uri OfRegion(ConnectionSettings settings, JsonService service, string region, ProfileLookup profiles)
    {
        var (fips, _) = UsesFips(settings, profiles);
        var (dualStack, _) = UsesDualStack(settings, profiles);

        // The SDK's table finds the partition of an unknown region by the region's name.
        var partition = Fn.Partition(region);
        if (fips && !partition.supportsFIPS)
            throw new InvalidParameterException($"The partition {partition.name} of region {region} has no FIPS endpoints.");
        if (dualStack && !partition.supportsDualStack)
            throw new InvalidParameterException($"The partition {partition.name} of region {region} has no dual-stack endpoints.");
        var named = fips && (dualStack || service.HasFipsNamesInUsGov || partition.name != "aws-us-gov");
        return new Uri($"https://{service.EndpointPrefix}{(named ? "-fips" : string.Empty)}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}/");
    }

    private static (bool IsUsed, string? Source) Switch(string variable, string key, bool? given, ProfileLookup profiles)
    {
        if (given is { } known)
            return (known, ContextSetting.Given);
        if (EnvironmentText.Flag(EnvironmentText.Variable(variable), variable) is { } fromVariable)
            return (fromVariable, variable);
        return profiles.Profile?.Flag(key) is { } fromProfile ? (fromProfile, $"{key} of profile \"{profiles.Name}\"") : (false, null);
    }

    private static Uri Parse(string url, string source)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.Host.Length == 0)
            throw new InvalidParameterException($"{source} is {EnvironmentText.Quote(WithoutUser(url))}. It must be an http or https URL, such as https://apprunner.eu-west-1.amazonaws.com.");
        return address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
            ? address
            : throw new InvalidParameterException($"{source} must not contain a user name, query or fragment.");
    }

    // The part before an @ may contain a password.
    private static string WithoutUser(string url) => url.Substring(url.LastIndexOf('@') + 1);
}
