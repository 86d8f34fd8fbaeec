using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>A client's connection: its requests one after the other, each to the service that it names.</summary>
internal sealed class ClientConnection : IPeerConnection
{
    private readonly HttpChannel channel;
    private readonly Func<string, ServiceRoute> find;
    private readonly FrontDoorLimits limits;
    private readonly CancellationToken stopping;

    /// <summary>Takes a connection over.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="find">The route for a host name; throws <see cref="HttpFault"/> where there is none.</param>
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
            // The client is gone or too slow, or what it gets is cut off: nobody is left to tell.
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
        var wanted = false;
        HttpFault refusal;
        try
        {
            if (channel.Reader.Waiting.IsEmpty)
            {
                limit.CancelAfter(limits.Idle);
                if (!await channel.Reader.ReceiveAsync(limit.Token).ConfigureAwait(false))
                    return false;
            }

            wanted = true;
            limit.CancelAfter(limits.Head);
            head = await channel.Reader.ReadRequestHeadAsync(limit.Token).ConfigureAwait(false);
            limit.CancelAfter(limits.Request);
            var target = RequestTarget.Of(head);
            var exchange = new Exchange(channel, head, target, find(target.Name), limits, limit);
            if (await exchange.RunAsync().ConfigureAwait(false))
                return true;
            await channel.LingerAsync(limits.Linger, stopping).ConfigureAwait(false);
            return false;
        }
        catch (HttpFault fault)
        {
            refusal = fault;
        }
        catch (OperationCanceledException) when (wanted && head is null && !stopping.IsCancellationRequested)
        {
            refusal = new HttpFault(408, "The request did not arrive in time.");
        }

        using var last = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        last.CancelAfter(limits.Linger);
        var answer = new HttpResponse(refusal.Status, [new("Content-Type", "text/plain; charset=utf-8")], Encoding.UTF8.GetBytes(refusal.Message + "\n"));
        await channel.SendAsync(answer, keep: false, headOnly: head?.Method == "HEAD", last.Token).ConfigureAwait(false);
        await channel.LingerAsync(limits.Linger, stopping).ConfigureAwait(false);
        return false;
    }
}
