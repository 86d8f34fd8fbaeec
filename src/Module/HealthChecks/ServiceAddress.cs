using System;

namespace AppRunner.HealthChecks;

/// <summary>Where a service answers, made of its ServiceUrl: a host, and on a local endpoint a port.</summary>
internal sealed class ServiceAddress
{
    private const string Loopback = "127.0.0.1";

    private ServiceAddress(Uri url)
    {
        Authority = url.Authority;
        Host = url.DnsSafeHost;
        Port = url.Port;
        IsLocal = url.IsLoopback || IsBelowLocalhost(Host);
        Scheme = IsLocal ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
    }

    /// <summary>Host, and the port where it is not the scheme's own.</summary>
    public string Authority { get; }

    /// <summary>Whether it is on this computer. AWS's services are reached by https, local ones by http.</summary>
    public bool IsLocal { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The host to connect to. Few systems know the names below localhost, all of which mean this computer.</summary>
    public string ConnectHost => IsBelowLocalhost(Host) ? Loopback : Host;

    private string Host { get; }

    private string Scheme { get; }

    /// <summary>Takes a service's URL apart.</summary>
    /// <param name="serviceUrl">What DescribeService calls ServiceUrl; it has no scheme.</param>
    /// <returns>The address; null where there is none.</returns>
    public static ServiceAddress? Of(string? serviceUrl)
    {
        if (string.IsNullOrEmpty(serviceUrl))
            return null;
        var scheme = serviceUrl!.IndexOf("://", StringComparison.Ordinal);
        return Uri.TryCreate("https://" + (scheme < 0 ? serviceUrl : serviceUrl.Substring(scheme + 3)), UriKind.Absolute, out var url) && url.Host.Length > 0 ? new ServiceAddress(url) : null;
    }

    /// <summary>What a check asks for, as people read it.</summary>
    /// <param name="path">The path of an HTTP check; null for TCP.</param>
    /// <returns>The URL.</returns>
    public string Show(string? path) => path is null ? FormattableString.Invariant($"tcp://{(Host.IndexOf(':') < 0 ? Host : $"[{Host}]")}:{Port}") : $"{Scheme}://{Authority}{path}";

    /// <summary>The address that a path is asked for at.</summary>
    /// <param name="path">The path, which begins with a slash.</param>
    /// <returns>The address; null where the path is none.</returns>
    public Uri? At(string path)
    {
        var authority = ConnectHost == Host ? Authority : FormattableString.Invariant($"{ConnectHost}:{Port}");
        return Uri.TryCreate($"{Scheme}://{authority}{path}", UriKind.Absolute, out var url) ? url : null;
    }

    private static bool IsBelowLocalhost(string host) => host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
