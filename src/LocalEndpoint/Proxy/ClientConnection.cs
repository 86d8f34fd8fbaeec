using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>Serves the requests of a client's connection, one after the other, each with the service of its host.</summary>
internal sealed class ClientConnection : IServerConnection
{
    private readonly HttpChannel channel;
    private readonly Func<string, ServiceRoute> find;
    private readonly FrontDoorLimits limits;
    private readonly CancellationToken stopping;

    /// <summary>Creates the server side of a connection.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="find">The route for a host name; throws <see cref="HttpStatusException"/> if there is none.</param>
    /// <param name="limits">The limits of a request.</param>
    /// <param name="stopping">Cancelled when the front door stops.</param>
    public ClientConnection(Socket socket, Func<string, ServiceRoute> find, FrontDoorLimits limits, CancellationToken stopping)
    {
        channel = new HttpChannel(socket, limits.HeadBytes, Encoding.Latin1, requireCrLf: true);
        this.find = find;
        this.limits = limits;
        this.stopping = stopping;
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    /// <inheritdoc/>
    public async Task RunAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            while (await ServeOneAsync(limit).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has closed the connection or is too slow, or the response was cut off.
        }
        finally
        {
            channel.Dispose();
        }
    }

    // True if the connection stays open for another request.
    private async Task<bool> ServeOneAsync(CancellationTokenSource limit)
    {
        RequestHead? head = null;
        var hasBegun = false;
        HttpStatusException refusal;
        try
        {
            if (channel.Reader.Buffered.IsEmpty)
            {
                limit.CancelAfter(limits.Idle);
                if (!await channel.Reader.ReceiveAsync(limit.Token).ConfigureAwait(false))
                    return false;
            }

            hasBegun = true;
            limit.CancelAfter(limits.Head);
            head = await channel.Reader.ReadRequestHeadAsync(limit.Token).ConfigureAwait(false);
            limit.CancelAfter(limits.Request);
            var target = RequestTarget.Of(head);
            var forwarder = new RequestForwarder(channel, head, target, find(target.Name), limits, limit);
            if (await forwarder.RunAsync().ConfigureAwait(false))
                return true;
            await channel.LingerAsync(limits.Linger, stopping).ConfigureAwait(false);
            return false;
        }
        catch (HttpStatusException e)
        {
            refusal = e;
        }
        catch (OperationCanceledException) when (hasBegun && head is null && !stopping.IsCancellationRequested)
        {
            refusal = new HttpStatusException(408, "The request was not received in time.");
        }

        using var last = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        last.CancelAfter(limits.Linger);
        var response = new HttpResponse(refusal.Status, [new("Content-Type", "text/plain; charset=utf-8")], Encoding.UTF8.GetBytes(refusal.Message + "\n"));
        await channel.SendAsync(response, keep: false, headOnly: head?.Method == "HEAD", last.Token).ConfigureAwait(false);
        await channel.LingerAsync(limits.Linger, stopping).ConfigureAwait(false);
        return false;
    }
}

/// <summary>The target of a request.</summary>
/// <param name="Host">The host as sent by the client, with the port.</param>
/// <param name="Name">The host without the port.</param>
/// <param name="Path">The path and query for the instance.</param>
internal sealed record RequestTarget(string Host, string Name, string Path)
{
    private const string Scheme = "http://";

    /// <summary>Reads the target of a request.</summary>
    /// <exception cref="HttpStatusException">The target is malformed.</exception>
    public static RequestTarget Of(RequestHead head)
    {
        var target = head.Target;
        foreach (var c in target)
        {
            if (c is <= ' ' or '\x7f')
                throw new HttpStatusException(400, "The request target contains control characters.");
        }

        var host = head.Fields["Host"] ?? throw new HttpStatusException(400, "The request has no Host header.");
        if (target[0] == '/' || (target == "*" && head.Method == "OPTIONS"))
            return new RequestTarget(host, NameOf(host), target);
        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw new HttpStatusException(400, "The request target must begin with a slash.");

        // The absolute form has precedence over the Host header (RFC 9112, 3.2.2).
        var rest = target.AsSpan(Scheme.Length);
        var end = rest.IndexOfAny('/', '?');
        host = (end < 0 ? rest : rest[..end]).ToString();
        var path = end < 0 ? "/" : rest[end..].ToString();
        return new RequestTarget(host, NameOf(host), path[0] == '/' ? path : "/" + path);
    }

    private static string NameOf(string host)
    {
        var colon = host.LastIndexOf(':');
        var hasPort = colon > 0 && host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 && (host[0] != '[' || host[colon - 1] == ']');
        return hasPort ? host[..colon] : host;
    }
}
