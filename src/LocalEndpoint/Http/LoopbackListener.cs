using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Listens on a loopback port, and tracks its connections in order to close them.</summary>
/// <remarks>
/// Why not Kestrel or HttpListener (measured in November 2026): the dlls of Kestrel load into a private
/// context inside pwsh, but they are different for each system: about 9 sets, 52 MB. A cold start takes twice as long. Kestrel accepts
/// requests that this server rejects, such as two Transfer-Encoding headers or <c>Content-Length: +5</c>. HttpListener reads a smuggled
/// body as the next request, cannot listen on port 0, serves one Host name per prefix (and may bind <c>localhost</c> to ::1 instead),
/// responds to malformed requests in HTML, and supports timeouts on Windows only.
/// </remarks>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly int maxConnections;
    private readonly TimeSpan timeout;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<IServerConnection, Task> connections = new();
    private Task accepting = Task.CompletedTask;

    /// <summary>Binds the port; connections wait until <see cref="Start"/>.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 for a free port.</param>
    /// <param name="maxConnections">The maximum number of connections; further ones are closed at once.</param>
    /// <param name="timeout">The time for connections to finish when the listener is disposed.</param>
    /// <exception cref="SocketException">The port is not available.</exception>
    public LoopbackListener(int port, int maxConnections, TimeSpan timeout)
    {
        this.maxConnections = maxConnections;
        this.timeout = timeout;
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Without this, Windows lets two programs share a port.
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

    /// <summary>Starts accepting connections.</summary>
    /// <param name="connect">Creates the server side of a connection, given a token that is cancelled when the listener stops.</param>
    public void Start(Func<Socket, CancellationToken, IServerConnection> connect) => accepting = Task.Run(() => AcceptAsync(connect));

    /// <summary>Closes the port, waits for connections to finish, and closes all of them.</summary>
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
                if (connections.Count >= maxConnections)
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

                // The peer has already closed the connection, or the process has no free handle: keep accepting.
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(20), stopping.Token)).ConfigureAwait(false);
            }
        }
    }

    private void Serve(IServerConnection connection)
    {
        // Register the connection before it runs, so that a stop waits for it.
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

/// <summary>A connection that a listener has accepted. Disposing it aborts what it does.</summary>
internal interface IServerConnection : IDisposable
{
    /// <summary>Serves the connection until it is closed. Never throws.</summary>
    Task RunAsync();
}

/// <summary>The limits of a server for one peer.</summary>
internal abstract record PeerLimits
{
    /// <summary>The maximum size of request line and headers in bytes.</summary>
    public int HeadBytes { get; init; } = 32 * 1024;

    /// <summary>The maximum number of connections; further ones are closed at once.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>The timeout of an idle connection.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the data of a rejected request is received and discarded, so that the peer receives the response and not a reset.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);
}
