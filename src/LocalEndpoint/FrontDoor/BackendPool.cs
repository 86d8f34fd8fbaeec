using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>What the front door knows of one instance: its requests and its connections. Used under the route's lock only.</summary>
internal sealed class BackendPool(Backend backend)
{
    // The one that was used last is at the end: it is the least likely to be closed.
    private readonly List<(HttpChannel Channel, long Since)> kept = [];
    private TaskCompletionSource? idle;

    /// <summary>The instance.</summary>
    public Backend Backend { get; } = backend;

    /// <summary>Connections that requests use.</summary>
    public HashSet<HttpChannel> Busy { get; } = [];

    /// <summary>Requests on their way.</summary>
    public int InFlight { get; set; }

    /// <summary>Until then (in ticks of the environment) it is asked last.</summary>
    public long ShunnedUntil { get; set; } = long.MinValue;

    /// <summary>What instances are compared by: the smallest is next.</summary>
    public long Load(long now) => now < ShunnedUntil ? int.MaxValue + (long)InFlight : InFlight;

    /// <summary>Ends when no request is on its way.</summary>
    public Task WhenIdle() => (idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells those who wait where no request is on its way any more.</summary>
    public void TellIdle()
    {
        if (InFlight > 0)
            return;
        idle?.TrySetResult();
        idle = null;
    }

    /// <summary>Keeps a connection for the next request.</summary>
    public void Keep(HttpChannel channel) => kept.Add((channel, Environment.TickCount64));

    /// <summary>A kept connection that is younger and still good.</summary>
    public HttpChannel? TakeKept(long oldest)
    {
        while (kept.Count > 0)
        {
            var (channel, since) = kept[^1];
            kept.RemoveAt(kept.Count - 1);
            if (since > oldest && IsQuiet(channel.Socket))
                return channel;
            channel.Dispose();
        }

        return null;
    }

    /// <summary>Closes kept connections that are not younger.</summary>
    /// <returns>How many are left.</returns>
    public int DropKept(long oldest)
    {
        kept.RemoveAll(entry =>
        {
            if (entry.Since > oldest)
                return false;
            entry.Channel.Dispose();
            return true;
        });
        return kept.Count;
    }

    // Something to read where nothing was asked is an end, or nonsense.
    private static bool IsQuiet(Socket socket)
    {
        try
        {
            return !socket.Poll(0, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
