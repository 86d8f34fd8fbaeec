using System;

namespace AppRunner.Model;

/// <summary>The address of a service, from its ServiceUrl: a host, and on a local endpoint a port.</summary>
internal sealed class ServiceAddress
{
    // The host names of simulated services end with a domain that never exists (RFC 2606).
    private const string Simulated = ".invalid";

    private const string Loopback = "127.0.0.1";

    private ServiceAddress(Uri url)
    {
        Authority = url.Authority;
        Host = url.DnsSafeHost;
        Port = url.Port;
        IsLocal = url.IsLoopback || IsLocalhostSubdomain(Host);
        Scheme = IsLocal ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
    }

    /// <summary>Host, with the port if it is not the scheme's default.</summary>
    public string Authority { get; }

    /// <summary>Whether it is on this computer. Services on AWS use https, local services http.</summary>
    public bool IsLocal { get; }

    /// <summary>Whether the service is only simulated: nothing runs at its address.</summary>
    public bool IsSimulated => Host.EndsWith(Simulated, StringComparison.OrdinalIgnoreCase);

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The host to connect to. Few systems resolve subdomains of localhost, so connect to the loopback address.</summary>
    public string ConnectHost => IsLocalhostSubdomain(Host) ? Loopback : Host;

    private string Host { get; }

    private string ConnectAuthority => ConnectHost == Host ? Authority : FormattableString.Invariant($"{ConnectHost}:{Port}");

    private string Scheme { get; }

    /// <summary>Parses a service's URL.</summary>
    /// <param name="serviceUrl">ServiceUrl of DescribeService, which has no scheme.</param>
    /// <returns>The address; null if the URL is empty or malformed.</returns>
    public static ServiceAddress? Of(string? serviceUrl)
    {
        if (string.IsNullOrEmpty(serviceUrl))
            return null;
        var scheme = serviceUrl!.IndexOf("://", StringComparison.Ordinal);
        return Uri.TryCreate("https://" + (scheme < 0 ? serviceUrl : serviceUrl.Substring(scheme + 3)), UriKind.Absolute, out var url) && url.Host.Length > 0 ? new ServiceAddress(url) : null;
    }

    /// <summary>The URL of a health check, for display: it works as it stands, also where the host name does not resolve.</summary>
    /// <param name="path">The path of an HTTP check; null for TCP.</param>
    /// <returns>The URL.</returns>
    public string DisplayUrl(string? path) => path is null
        ? FormattableString.Invariant($"tcp://{(ConnectHost.IndexOf(':') < 0 ? ConnectHost : $"[{ConnectHost}]")}:{Port}")
        : $"{Scheme}://{ConnectAuthority}{(path.StartsWith("/", StringComparison.Ordinal) ? path : "/" + path)}";

    /// <summary>The URL of a path.</summary>
    /// <param name="path">The path, which starts with a slash.</param>
    /// <returns>The URL; null if the path is malformed.</returns>
    public Uri? UrlOf(string path) => Uri.TryCreate($"{Scheme}://{ConnectAuthority}{path}", UriKind.Absolute, out var url) ? url : null;

    private static bool IsLocalhostSubdomain(string host) => host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
