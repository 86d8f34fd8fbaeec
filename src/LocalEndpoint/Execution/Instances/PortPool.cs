using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AppRunner.LocalEndpoint.Execution.Instances;

/// <summary>Ports for programs. All endpoints of the process share them.</summary>
internal static class PortPool
{
    // Below those that systems give out by themselves: such a port could be an outgoing connection's before the program takes it.
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int MostAttempts = 1000;

    private static readonly HashSet<int> Taken = [];

    /// <summary>A port that nobody listens on; it is not given again before it is given back.</summary>
    /// <exception cref="DeploymentFailure">There is none.</exception>
    public static int Take()
    {
        lock (Taken)
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(First, Last);
                if (!Taken.Contains(port) && IsFree(port))
                {
                    Taken.Add(port);
                    return port;
                }
            }
        }

        throw new DeploymentFailure($"No free port was found between {First} and {Last}.");
    }

    /// <summary>Gives a port back.</summary>
    public static void Return(int port)
    {
        lock (Taken)
            Taken.Remove(port);
    }

    // Programs listen on all addresses as a rule.
    private static bool IsFree(int port)
    {
        foreach (var address in new[] { IPAddress.Any, IPAddress.Loopback })
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.ExclusiveAddressUse = true;
                socket.Bind(new IPEndPoint(address, port));
            }
            catch (SocketException)
            {
                return false;
            }
        }

        return true;
    }
}
