using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

/// <summary>A front door with one service, and clients of it.</summary>
internal sealed class TestDoor : IAsyncDisposable
{
    // After that, what a test waits for will never come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly AsyncLocal<CancellationToken?> Limit = new();

    private readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public TestDoor(FrontDoorLimits? limits = null)
    {
        limit.CancelAfter(Patience);
        Limit.Value = limit.Token;
        Server = new FrontDoorServer(0, limits ?? new FrontDoorLimits());
        Route = Server.Open("web.us-east-1");
        Http = new HttpClient(Handler()) { BaseAddress = new Uri($"http://{Route.Host}/") };
    }

    public FrontDoorServer Server { get; }

    public ServiceRoute Route { get; }

    /// <summary>A client that finds the front door under any host name.</summary>
    public HttpClient Http { get; }

    /// <summary>Ends the waiting of the test that has made a front door.</summary>
    public static CancellationToken Cancel => Limit.Value ?? TestContext.Current.CancellationToken;

    public static Backend BackendOf(ScriptedServer server, string id = "one") => new(id, server.Port);

    /// <summary>A port on which nothing listens.</summary>
    public static Backend Dead(string id = "dead") => new(id, new Uri(ScriptedServer.RefusingUrl()).Port);

    public void Serve(params ScriptedServer[] servers) => Route.Serve([.. servers.Select((server, number) => BackendOf(server, $"i{number}"))]);

    public Task<HttpResponseMessage> GetAsync(string path = "/") => Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    public async Task<HttpResponseMessage> PostAsync(string body, string path = "/")
    {
        using var content = new StringContent(body);
        return await Http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
    }

    public SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>A connection on which a test writes what it wants.</summary>
    public async Task<NetworkStream> ConnectAsync(int? port = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port ?? Server.Port, Cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Writes bytes as they are and reads until the front door closes. <c>{host}</c> becomes the service's host.</summary>
    public async Task<string> ExchangeAsync(string request)
    {
        await using var stream = await ConnectAsync();
        await WriteAsync(stream, request);
        return await ReadToEndAsync(stream);
    }

    public Task WriteAsync(NetworkStream stream, string text) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes(text.Replace("{host}", Route.Host, StringComparison.Ordinal)), Cancel).AsTask();

    public static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        return await reader.ReadToEndAsync(Cancel);
    }

    /// <summary>Reads until the other side ends or resets the connection.</summary>
    public static async Task<string> ReadToBreakAsync(Stream stream)
    {
        var text = new StringBuilder();
        var bytes = new byte[1000];
        try
        {
            while (await stream.ReadAsync(bytes, Cancel) is > 0 and var count)
                text.Append(Encoding.Latin1.GetString(bytes, 0, count));
        }
        catch (IOException)
        {
            text.Append("<reset>");
        }

        return text.ToString();
    }

    /// <summary>Reads as much as this text is long, which it must be.</summary>
    public static async Task ShouldReadAsync(Stream stream, string text)
    {
        var bytes = new byte[text.Length];
        await stream.ReadExactlyAsync(bytes, Cancel);
        Encoding.Latin1.GetString(bytes).ShouldBe(text);
    }

    /// <summary>Reads up to and with a text.</summary>
    public static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, Cancel) == 0)
                throw new EndOfStreamException(text.ToString());
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>Waits until that many requests are on their way.</summary>
    public async Task InFlightAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(int now)
        {
            if (Route.InFlight == count)
                reached.TrySetResult();
        }

        Route.InFlightChanged += Look;
        Look(Route.InFlight);
        await reached.Task.WaitAsync(Cancel);
        Route.InFlightChanged -= Look;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        limit.Dispose();
    }
}
