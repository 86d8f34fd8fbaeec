using System.Net.Sockets;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Http;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint;

/// <summary>Starts local endpoints.</summary>
internal sealed class LocalEndpointStarter : ILocalEndpointStarter
{
    private readonly HttpLimits limits;
    private readonly IClock signingClock;
    private readonly ExecutionSettings times;

    /// <summary>Makes a starter.</summary>
    public LocalEndpointStarter()
        : this(new HttpLimits(), SystemClock.Instance)
    {
    }

    /// <summary>Makes a starter for tests.</summary>
    /// <param name="limits">What a peer may take.</param>
    /// <param name="signingClock">The time that signatures are judged by: that of the clients, not of the simulation.</param>
    /// <param name="times">How long the parts of the work on services may take, beside what the options say; null for the usual times.</param>
    internal LocalEndpointStarter(HttpLimits limits, IClock signingClock, ExecutionSettings? times = null)
    {
        this.limits = limits;
        this.signingClock = signingClock;
        this.times = times ?? new ExecutionSettings();
    }

    /// <inheritdoc/>
    public Model.LocalEndpoint Start(LocalEndpointOptions options, IClock clock)
    {
        OptionsCheck.Check(options);
        try
        {
            return new RunningEndpoint(options, clock, signingClock, limits, times with { BuildTimeout = options.BuildTimeout, StartTimeout = options.StartTimeout });
        }
        catch (SocketException e)
        {
            throw new LocalEndpointException(
                e.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => $"Port {options.Port} on 127.0.0.1 is taken by another program. Choose another port, or 0 for a free one.",
                    SocketError.AccessDenied => $"This user may not listen on port {options.Port}. Choose a port from 1024 on, or 0 for a free one.",
                    _ => $"The computer refuses to listen on port {options.Port} of 127.0.0.1: {e.Message}",
                },
                e);
        }
    }
}
