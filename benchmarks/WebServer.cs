using System;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AppRunner.Benchmarks;

/// <summary>The server behind the proxies: ASP.NET Core's, which is faster than the servers of most services.</summary>
internal static class WebServer
{
    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        return builder;
    }

    public static string PortOf(WebApplication app) => app.Urls.Single().Split(':')[^1];

    /// <summary>The smallest application for App Runner: it listens on PORT and responds.</summary>
    public static async Task RunAsync()
    {
        var builder = Builder();
        builder.WebHost.UseUrls("http://127.0.0.1:" + Environment.GetEnvironmentVariable("PORT"));
        await using var app = builder.Build();
        app.MapGet("/", () => "hello");
        await app.RunAsync();
    }

    public static async Task ServeAsync()
    {
        await using var app = Builder().Build();
        var hello = "{\"message\":\"hello\"}"u8.ToArray();
        app.UseWebSockets();
        app.MapGet("/", async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = hello.Length;
            await context.Response.Body.WriteAsync(hello);
        });
        app.MapPost("/count", async context =>
        {
            var buffer = new byte[64 * 1024];
            var count = 0L;
            while (await context.Request.Body.ReadAsync(buffer) is > 0 and var part)
                count += part;
            await context.Response.WriteAsync($"{count}");
        });
        app.MapGet("/bytes/{mebibytes:int}", async (HttpContext context, int mebibytes) =>
        {
            var part = new byte[64 * 1024];
            context.Response.ContentLength = mebibytes * 1024L * 1024;
            for (var i = 0; i < mebibytes * 16; i++)
                await context.Response.Body.WriteAsync(part);
        });
        app.MapGet("/chunks/{mebibytes:int}", async (HttpContext context, int mebibytes) =>
        {
            var part = new byte[4 * 1024];
            for (var i = 0; i < mebibytes * 256; i++)
                await context.Response.Body.WriteAsync(part);
        });
        app.MapGet("/echo", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer.AsMemory(), default) is { MessageType: not WebSocketMessageType.Close } message)
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, default);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });
        await app.StartAsync();
        await ChildProcess.ServeAsync(PortOf(app));
    }
}
