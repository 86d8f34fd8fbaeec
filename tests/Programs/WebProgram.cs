using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;

namespace AppRunner.Tests.Programs;

/// <summary>A small web application. It responds with the content of version.txt in its folder; other paths change its behavior.</summary>
/// <param name="ignoresSigterm">Whether it keeps running after SIGTERM.</param>
internal sealed class WebProgram(bool ignoresSigterm = false)
{
    private readonly string version = File.Exists("version.txt") ? File.ReadAllText("version.txt").Trim() : "none";
    private readonly TaskCompletionSource<int> end = new();
    private bool unhealthy;

    public async Task<int> RunAsync()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "8080", CultureInfo.InvariantCulture);
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            if (ignoresSigterm)
                return;
            Console.WriteLine("bye");
            end.TrySetResult(0);
        });
        var listener = new TcpListener(IPAddress.Any, port);
        listener.Start(200);
        Console.WriteLine($"listening on {port}");
        _ = AcceptAsync(listener);
        return await end.Task;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                {
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }

                    var (status, body) = await RespondAsync(line.Split(' ')[1]);
                    var bytes = Encoding.UTF8.GetBytes(body);
                    var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\nContent-Type: text/plain\r\nContent-Length: {bytes.Length}\r\n\r\n");
                    await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes]);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The client has disconnected.
        }
    }

    private async Task<(int Status, string Body)> RespondAsync(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (segments)
        {
            case []:
                return (200, version);
            case ["health"]:
                return (unhealthy ? 500 : 200, unhealthy ? "unhealthy" : "healthy");
            case ["fail-health"]:
                unhealthy = true;
                return (200, "unhealthy");
            case ["exit", var code]:
                end.TrySetResult(int.Parse(code, CultureInfo.InvariantCulture));
                return (200, "bye");
            case ["env"]:
                var names = new List<string>();
                foreach (string name in Environment.GetEnvironmentVariables().Keys)
                    names.Add(name);
                return (200, string.Join('\n', names));
            case ["env", var name]:
                return Environment.GetEnvironmentVariable(name) is { } value ? (200, value) : (404, "not set");
            case ["pid"]:
                return (200, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            case ["wait", var file]:
                // Responds when the test has created the file.
                while (!File.Exists(Encoding.UTF8.GetString(Convert.FromHexString(file))))
                    await Task.Delay(10);
                return (200, version);
            default:
                return (404, "nothing here");
        }
    }
}
