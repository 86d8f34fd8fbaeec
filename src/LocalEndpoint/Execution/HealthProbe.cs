using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Runs the health checks of an instance. Each check opens a new connection.</summary>
/// <param name="check">The health check configuration.</param>
/// <param name="servicePort">The configured port of the service, for messages.</param>
internal sealed class HealthProbe(HealthCheck check, int servicePort)
{
    // The proxy of rootless Podman tries for 0.2 s before it closes the connection.
    private static readonly TimeSpan ProxyCloses = TimeSpan.FromMilliseconds(500);

    /// <summary>Describes where the check is sent, as App Runner's log does.</summary>
    public string Target { get; } = string.Create(CultureInfo.InvariantCulture, $"{(check.Path is null ? string.Empty : $"path '{check.Path}' and ")}port '{servicePort}'");

    /// <summary>The interval between two checks.</summary>
    public TimeSpan Interval { get; } = check.Interval;

    /// <summary>The number of consecutive successful checks that make an instance healthy.</summary>
    public int HealthyThreshold { get; } = check.HealthyThreshold;

    /// <summary>The number of consecutive failed checks that make an instance unhealthy.</summary>
    public int UnhealthyThreshold { get; } = check.UnhealthyThreshold;

    private TimeSpan Timeout { get; } = check.Timeout;

    /// <summary>Whether a program listens on a port of 127.0.0.1.</summary>
    /// <param name="port">The port.</param>
    /// <param name="proxied">Whether a proxy accepts connections before the program listens. It then closes them after a short time.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public static Task<bool> ListensAsync(int port, bool proxied, CancellationToken cancellationToken) => ListensAsync(port, proxied, cancellationToken, cancellationToken);

    /// <summary>Runs one check.</summary>
    /// <param name="port">The port of the program.</param>
    /// <param name="proxied">Whether a proxy accepts connections before the program listens.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Null if the check succeeded; else the reason why not.</returns>
    public async Task<string?> CheckAsync(int port, bool proxied, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            if (check.Path is { } path)
                return await RequestAsync(port, path, limit.Token).ConfigureAwait(false);
            return await ListensAsync(port, proxied, limit.Token, cancellationToken).ConfigureAwait(false) ? null : "nothing listens on its port";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"no response within {Timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return e.InnerException is SocketException ? "nothing listens on its port" : "no valid HTTP response";
        }
    }

    // The timeout of the check applies to connecting only, not to the wait for the proxy.
    private static async Task<bool> ListensAsync(int port, bool proxied, CancellationToken connecting, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, connecting).ConfigureAwait(false);
            return !proxied || await StaysOpenAsync(socket, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> StaysOpenAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ProxyCloses);
        try
        {
            return await socket.ReceiveAsync(new byte[1], limit.Token).ConfigureAwait(false) > 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private static async Task<string?> RequestAsync(int port, string checkedPath, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        var path = checkedPath.StartsWith('/') ? checkedPath : "/" + checkedPath;
        if (!Uri.TryCreate(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}"), UriKind.Absolute, out var address))
            return "the path is not valid";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.ParseAdd("AppRunner-HealthChecker/1.0");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return ServiceProbe.IsSuccess((int)response.StatusCode) ? null : $"status {(int)response.StatusCode}";
    }
}
