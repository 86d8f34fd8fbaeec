using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>HTTP/1.1 on one loopback port.</summary>
/// <remarks>
/// Not HttpListener: it knows no port 0, serves one Host name per prefix (where <c>localhost</c> may be bound to ::1 instead), answers
/// malformed requests in HTML, and takes its time limits from http.sys on Windows only. ASP.NET Core is not there inside PowerShell.
/// </remarks>
internal sealed class HttpServer : IAsyncDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly Socket listener;
    private readonly IHttpHandler handler;
    private readonly HttpLimits limits;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<HttpConnection, Task> connections = new();
    private readonly Task accepting;

    /// <summary>Serves from now on.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 takes a free one.</param>
    /// <param name="makeHandler">Makes the handler for the port that it got.</param>
    /// <param name="limits">What a peer may take.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public HttpServer(int port, Func<int, IHttpHandler> makeHandler, HttpLimits limits)
    {
        this.limits = limits;
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
        handler = makeHandler(Port);
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    /// <summary>Frees the port, lets running requests be answered, closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        await accepting.ConfigureAwait(false);
        var all = Task.WhenAll(connections.Values);
        if (await Task.WhenAny(all, Task.Delay(DrainLimit)).ConfigureAwait(false) != all)
        {
            foreach (var connection in connections.Keys)
                connection.Abort();
            await all.ConfigureAwait(false);
        }

        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync(stopping.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer went away in between, or the process has no handle left for the moment: neither ends the service.
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(20), stopping.Token)).ConfigureAwait(false);
                continue;
            }

            if (connections.Count >= limits.Connections)
                socket.Dispose();
            else
                Serve(new HttpConnection(socket, handler, limits, stopping.Token));
        }
    }

    private void Serve(HttpConnection connection)
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
