using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Listens on one loopback port and keeps the connections that came, so that they can be ended.</summary>
/// <remarks>
/// Our own server, for what was measured (November 2026). Kestrel: its dlls load into a private context inside pwsh, but are images for one
/// system each, about 9 sets of them or 52 MB; a cold start takes twice as long; and it serves requests that this one refuses, such as
/// two Transfer-Encoding headers or <c>Content-Length: +5</c>. HttpListener: it reads a smuggled body as the next request, knows no port
/// 0, serves one Host name per prefix (where <c>localhost</c> may be bound to ::1 instead), responds to malformed requests in HTML, and
/// takes its time limits from http.sys on Windows only.
/// </remarks>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly int most;
    private readonly TimeSpan timeout;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<IServerConnection, Task> connections = new();
    private Task accepting = Task.CompletedTask;

    /// <summary>Takes the port; connections wait until it is started.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 takes a free one.</param>
    /// <param name="most">Connections at once; one more is closed at once.</param>
    /// <param name="timeout">How long connections may finish when it is disposed.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public LoopbackListener(int port, int most, TimeSpan timeout)
    {
        this.most = most;
        this.timeout = timeout;
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Windows lets two programs share a port unless told otherwise.
            if (OperatingSystem.IsWindows())
                listener.ExclusiveAddressUse = true;
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen(512);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    /// <summary>Serves from now on.</summary>
    /// <param name="connect">Makes what serves a connection, given the token that ends it.</param>
    public void Start(Func<Socket, CancellationToken, IServerConnection> connect) => accepting = Task.Run(() => AcceptAsync(connect));

    /// <summary>Frees the port, lets connections come to an end, closes all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        await accepting.ConfigureAwait(false);
        var all = Task.WhenAll(connections.Values);
        if (await Task.WhenAny(all, Task.Delay(timeout)).ConfigureAwait(false) != all)
        {
            foreach (var connection in connections.Keys)
                connection.Dispose();
            await all.ConfigureAwait(false);
        }

        stopping.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, IServerConnection> connect)
    {
        while (!stopping.IsCancellationRequested)
        {
            Socket? socket = null;
            try
            {
                socket = await listener.AcceptAsync(stopping.Token).ConfigureAwait(false);
                if (connections.Count >= most)
                    socket.Dispose();
                else
                    Serve(connect(socket, stopping.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                socket?.Dispose();

                // The peer went away in between, or the process has no handle left for the moment: neither ends the service.
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(20), stopping.Token)).ConfigureAwait(false);
            }
        }
    }

    private void Serve(IServerConnection connection)
    {
        // Known before it runs, so that a stop in between waits for it too.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connections[connection] = RunAsync();
        begin.SetResult();

        async Task RunAsync()
        {
            await begin.Task.ConfigureAwait(false);
            try
            {
                await connection.RunAsync().ConfigureAwait(false);
            }
            finally
            {
                connections.TryRemove(connection, out _);
            }
        }
    }
}

/// <summary>A connection that a listener has accepted; disposed, it ends whatever it does.</summary>
internal interface IServerConnection : IDisposable
{
    /// <summary>Serves the peer until one of the two ends it. Never throws.</summary>
    Task RunAsync();
}

/// <summary>What one peer may take of a server, enforced by the server.</summary>
internal abstract record PeerLimits
{
    /// <summary>Bytes of request line and headers together.</summary>
    public int HeadBytes { get; init; } = 32 * 1024;

    /// <summary>Connections at once; one more is closed at once.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>How long a connection may lie idle between requests.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long bytes of a refused request are still taken and dropped, so that the peer gets to read the response instead of a reset.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);
}
