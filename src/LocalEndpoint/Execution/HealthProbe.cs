using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Checks a program's health as its service's definition says. Every check has a connection of its own.</summary>
/// <param name="check">The definition, complete.</param>
internal sealed class HealthProbe(HealthCheck check)
{
    // Podman's proxy that needs no root tries for 0.2 s before it gives up.
    private static readonly TimeSpan ProxyCloses = TimeSpan.FromMilliseconds(500);

    /// <summary>What is checked, for messages.</summary>
    public string Description { get; } = check.Path is not null ? $"protocol HTTP, path {check.Path}" : "protocol TCP";

    /// <summary>Between two checks.</summary>
    public TimeSpan Interval { get; } = check.Interval;

    /// <summary>Checks in a row that make an instance healthy.</summary>
    public int HealthyThreshold { get; } = check.HealthyThreshold;

    /// <summary>Checks in a row that make an instance unhealthy.</summary>
    public int UnhealthyThreshold { get; } = check.UnhealthyThreshold;

    private TimeSpan Timeout { get; } = check.Timeout;

    /// <summary>Whether a program listens on a port of this computer.</summary>
    /// <param name="port">The port.</param>
    /// <param name="proxied">Whether connections are accepted for the program before it listens itself; they are closed soon then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<bool> ListensAsync(int port, bool proxied, CancellationToken cancellationToken) => ListensAsync(port, proxied, cancellationToken, cancellationToken);

    /// <summary>One check.</summary>
    /// <param name="port">The program's port.</param>
    /// <param name="proxied">Whether connections are accepted for the program before it listens itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where it passes; else what was wrong.</returns>
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
            return string.Create(CultureInfo.InvariantCulture, $"no answer within {Timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return e.InnerException is SocketException ? "nothing listens on its port" : "no valid HTTP answer";
        }
    }

    // What a proxy takes to find out is not of the time that the program has.
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
            return "its path is no valid one";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.ParseAdd("AppRunner-HealthChecker/1.0");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return ServiceProbe.IsSuccess((int)response.StatusCode) ? null : $"status {(int)response.StatusCode}";
    }
}
