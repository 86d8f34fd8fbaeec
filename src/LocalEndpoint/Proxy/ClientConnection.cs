using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>A client's connection: its requests one after the other, each to the service that it names.</summary>
internal sealed class ClientConnection : IServerConnection
{
    private readonly HttpChannel channel;
    private readonly Func<string, ServiceRoute> find;
    private readonly FrontDoorLimits limits;
    private readonly CancellationToken stopping;

    /// <summary>Takes a connection over.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="find">The route for a host name; throws <see cref="HttpStatusException"/> where there is none.</param>
    /// <param name="limits">What one request may take.</param>
    /// <param name="stopping">Ends it whatever it does.</param>
    public ClientConnection(Socket socket, Func<string, ServiceRoute> find, FrontDoorLimits limits, CancellationToken stopping)
    {
        channel = new HttpChannel(socket, limits.HeadBytes, Encoding.Latin1, needsReturn: true);
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
            // The client is gone or too slow, or what it gets is cut off: there is no one to respond to.
        }
        finally
        {
            channel.Dispose();
        }
    }

    // True where another request may follow.
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
            refusal = new HttpStatusException(408, "The request did not arrive in time.");
        }

        using var last = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        last.CancelAfter(limits.Linger);
        var response = new HttpResponse(refusal.Status, [new("Content-Type", "text/plain; charset=utf-8")], Encoding.UTF8.GetBytes(refusal.Message + "\n"));
        await channel.SendAsync(response, keep: false, headOnly: head?.Method == "HEAD", last.Token).ConfigureAwait(false);
        await channel.LingerAsync(limits.Linger, stopping).ConfigureAwait(false);
        return false;
    }
}

/// <summary>Where a request is for.</summary>
/// <param name="Host">The host as the client wrote it, with its port.</param>
/// <param name="Name">The host without its port.</param>
/// <param name="Path">Path and query as the instance gets them.</param>
internal sealed record RequestTarget(string Host, string Name, string Path)
{
    private const string Scheme = "http://";

    /// <summary>Reads it from a request's head.</summary>
    /// <exception cref="HttpStatusException">It is malformed.</exception>
    public static RequestTarget Of(RequestHead head)
    {
        var target = head.Target;
        foreach (var c in target)
        {
            if (c is <= ' ' or '\x7f')
                throw new HttpStatusException(400, "The request's target holds control characters.");
        }

        var host = head.Fields["Host"] ?? throw new HttpStatusException(400, "The request has no Host header.");
        if (target[0] == '/' || (target == "*" && head.Method == "OPTIONS"))
            return new RequestTarget(host, NameOf(host), target);
        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw new HttpStatusException(400, "The request's target must begin with a slash.");

        // The absolute form, as proxies get it, wins over the Host header (RFC 9112, 3.2.2).
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
