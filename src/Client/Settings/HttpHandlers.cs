using System;
using System.Net;
using System.Net.Http;
#if NET
using System.Linq;
#endif

namespace AppRunner.Client.Settings;

/// <summary>Creates the handlers of all HTTP clients: proxy, certificates, redirects and connections are the same for all of them.</summary>
internal static class HttpHandlers
{
    /// <summary>The longest time limit of a connection attempt.</summary>
    public static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromSeconds(15);

    // Cmdlets send up to this many requests in parallel; the default of Windows PowerShell is two connections.
    private const int MaxConnections = 256;

    /// <summary>Creates a handler.</summary>
    /// <param name="endpoint">The endpoint of all requests; null if it is one of AWS.</param>
    /// <param name="roots">The only trusted root certificates; null for those of the system.</param>
    /// <param name="connectTimeout">The time limit of a connection attempt; at most 15 s are used.</param>
    /// <returns>The handler.</returns>
    public static HttpMessageHandler Create(Uri? endpoint, CertificateBundle? roots, TimeSpan connectTimeout)
    {
#if NETFRAMEWORK
        _ = connectTimeout;
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = MaxConnections,
            SslProtocols = System.Security.Authentication.SslProtocols.Tls12,
            UseCookies = false,
            UseProxy = endpoint is null || !IsLocal(endpoint),
        };
        if (roots is not null)
            handler.ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) => roots.IsTrusted(certificate, chain, errors);
#else
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = MaxConnections,
            ConnectTimeout = connectTimeout < MaxConnectTimeout ? connectTimeout : MaxConnectTimeout,
            UseCookies = false,
            UseProxy = endpoint is null || !IsLocal(endpoint),

            // No trace headers: the service does not use them.
            ActivityHeadersPropagator = null,
        };
        if (roots is not null)
            handler.SslOptions.CertificateChainPolicy = roots.ChainPolicy();
#endif
        return handler;
    }

    /// <summary>The proxy of requests to an endpoint, as .NET finds it in the environment. Makes no call.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The proxy without its password, and its source; both null if there is none, and only the source if the system decides.</returns>
    public static (string? Proxy, string? Source) ProxyOf(Uri endpoint)
    {
        if (IsLocal(endpoint))
            return (null, null);
#if NET
        // Not HttpClient.DefaultProxy: it reads the variables once for the process, so asking it would fix them too early.
        string[] names = endpoint.Scheme == Uri.UriSchemeHttps
            ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
            : ["http_proxy", Environment.GetEnvironmentVariable("GATEWAY_INTERFACE") is null ? "HTTP_PROXY" : "http_proxy", "all_proxy", "ALL_PROXY"];
        if (Array.Find(names, name => EnvironmentText.Variable(name) is not null) is { } variable)
        {
            var except = EnvironmentText.Variable("no_proxy") ?? EnvironmentText.Variable("NO_PROXY") ?? string.Empty;
            return except.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(entry => Matches(entry, endpoint.Host))
                ? (null, null)
                : (WithoutPassword(EnvironmentText.Variable(variable)!), variable);
        }

        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS())
            return (null, null);
#endif
        return (null, "as the system is set");
    }

#if NET
    // .example.com stands for the domain and all its hosts; other entries for one host.
    private static bool Matches(string entry, string host) => entry[0] == '.'
        ? host.EndsWith(entry, StringComparison.OrdinalIgnoreCase) || host.Equals(entry[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(entry, StringComparison.OrdinalIgnoreCase);

    private static string WithoutPassword(string proxy)
    {
        var scheme = proxy.IndexOf("://", StringComparison.Ordinal) is var end and > 0 ? proxy[..end] : Uri.UriSchemeHttp;
        return $"{scheme}://{proxy[(Math.Max(proxy.LastIndexOf('@'), proxy.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : -1) + 1)..].TrimEnd('/')}";
    }
#endif

    // This computer (the local endpoint), and the link-local addresses of the metadata services. A proxy cannot reach them, and would see the
    // requests.
    private static bool IsLocal(Uri endpoint) =>
        endpoint.IsLoopback
        || endpoint.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || endpoint.Host.StartsWith("169.254.", StringComparison.Ordinal)
        || (IPAddress.TryParse(endpoint.Host, out var address) && (address.IsIPv6LinkLocal || address.ToString().StartsWith("fd00:ec2:", StringComparison.Ordinal)));
}

/// <summary>Bypasses the proxy: for the EC2 metadata service, which the SDK calls.</summary>
internal sealed class NoProxy : IWebProxy
{
    /// <summary>The single instance.</summary>
    public static NoProxy Instance { get; } = new();

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; }

    /// <inheritdoc/>
    public Uri GetProxy(Uri destination) => destination;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => true;
}
