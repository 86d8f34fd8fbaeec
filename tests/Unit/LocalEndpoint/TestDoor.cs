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

/// <summary>A front door with one service, and its clients.</summary>
internal sealed class TestDoor : IAsyncDisposable
{
    // The limit for everything that a test waits for.
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(60);
    private static readonly AsyncLocal<CancellationToken?> Limit = new();

    private readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public TestDoor(FrontDoorLimits? limits = null)
    {
        limit.CancelAfter(WaitTimeout);
        Limit.Value = limit.Token;
        Server = new FrontDoorServer(0, limits ?? new FrontDoorLimits());
        Route = Server.Open("web.us-east-1");
        Http = new HttpClient(Handler()) { BaseAddress = new Uri($"http://{Route.Host}/") };
    }

    public FrontDoorServer Server { get; }

    public ServiceRoute Route { get; }

    /// <summary>A client that connects to the front door for any host name.</summary>
    public HttpClient Http { get; }

    /// <summary>Cancels the waiting of the test that has created a front door.</summary>
    public static CancellationToken Cancel => Limit.Value ?? TestContext.Current.CancellationToken;

    public static Backend BackendOf(ScriptedServer server, string id = "one") => new(id, server.Port);

    /// <summary>A port that refuses connections.</summary>
    public static Backend Refusing(string id = "refusing") => new(id, new Uri(ScriptedServer.RefusingUrl()).Port);

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

    /// <summary>A connection for raw requests.</summary>
    public async Task<NetworkStream> ConnectAsync(int? port = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port ?? Server.Port, Cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Writes a raw request and reads until the front door closes the connection. <c>{host}</c> becomes the service's host.</summary>
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

    /// <summary>Reads until the other side closes or resets the connection.</summary>
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

    /// <summary>Reads the expected text.</summary>
    public static async Task ShouldReadAsync(Stream stream, string text)
    {
        var bytes = new byte[text.Length];
        await stream.ReadExactlyAsync(bytes, Cancel);
        Encoding.Latin1.GetString(bytes).ShouldBe(text);
    }

    /// <summary>Reads up to and including a text.</summary>
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

    /// <summary>Waits until this number of requests is in flight.</summary>
    public async Task InFlightAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Check(int now)
        {
            if (Route.InFlight == count)
                reached.TrySetResult();
        }

        Route.InFlightChanged += Check;
        Check(Route.InFlight);
        await reached.Task.WaitAsync(Cancel);
        Route.InFlightChanged -= Check;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        limit.Dispose();
    }
}
