using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using AppRunner.Client;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

/// <summary>The call that compiles the client's code before the first real one. Its exceptions are ignored in a session, so that only a test sees them.</summary>
public class RehearsalTests
{
    [Fact]
    public async Task The_rehearsal_completes_and_opens_no_connection()
    {
        using var connections = new Connections();
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            using var real = new TcpClient();
            await real.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
            connections.Targets.ShouldContain(target => target.Contains(PortIn(((IPEndPoint)listener.LocalEndpoint).Port)), "no connection is seen at all: " + string.Join(" ", connections.Targets));
        }

        new Rehearsal().Run();

        // Other tests connect at the same time, but none to this port.
        connections.Targets.Where(target => target.Contains(PortIn(80))).ShouldBeEmpty();
    }

    // The text of a socket's address begins with the two bytes of the port.
    private static string PortIn(int port) => $"{{{port >> 8},{port & 255},";

    private sealed class Connections : EventListener
    {
        public ConcurrentQueue<string> Targets { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Sockets")
                EnableEvents(eventSource, EventLevel.Informational);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName == "ConnectStart")
                Targets.Enqueue(eventData.Payload![0]!.ToString()!);
        }
    }
}
