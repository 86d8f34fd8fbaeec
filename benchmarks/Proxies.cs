using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace AppRunner.Benchmarks;

/// <summary>The front door, and YARP with one route and one destination, each in a separate process.</summary>
internal static class Proxies
{
    public const string FrontDoor = "front door";
    public const string Yarp = "YARP";

    public static async Task ServeAsync(string name, int port)
    {
        if (name == FrontDoor)
        {
            await using var server = new FrontDoorServer(0, new FrontDoorLimits());
            var route = server.Open("web.us-east-1");
            route.Serve([new Backend("one", port)]);
            await ChildProcess.ServeAsync(route.Port.ToString(CultureInfo.InvariantCulture));
            return;
        }

        var builder = WebServer.Builder();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "web", ClusterId = "web", Match = new RouteMatch { Path = "{**all}" } }],
            [new ClusterConfig { ClusterId = "web", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = $"http://127.0.0.1:{port}/" } } }]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        await ChildProcess.ServeAsync(WebServer.PortOf(app));
    }
}
