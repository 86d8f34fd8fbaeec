using System.Net.Sockets;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.LocalEndpoint.Host;
using AppRunner.LocalEndpoint.Http;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint;

/// <summary>Starts local endpoints.</summary>
internal sealed class LocalEndpointStarter : ILocalEndpointStarter
{
    private readonly HttpLimits limits;
    private readonly IClock signingClock;
    private readonly ExecutionSettings settings;
    private readonly ProgramFinder containerPrograms;

    /// <summary>Makes a starter.</summary>
    public LocalEndpointStarter()
        : this(new HttpLimits(), SystemClock.Instance)
    {
    }

    /// <summary>Makes a starter for tests.</summary>
    /// <param name="limits">The limits for one peer.</param>
    /// <param name="signingClock">The clock that signature dates are compared with: the clients' clock, not the simulated one.</param>
    /// <param name="settings">Timeouts and intervals of execution that the options do not contain; null for the defaults.</param>
    /// <param name="containerPrograms">Finds Docker and Podman; null for those on the session's PATH.</param>
    internal LocalEndpointStarter(HttpLimits limits, IClock signingClock, ExecutionSettings? settings = null, ProgramFinder? containerPrograms = null)
    {
        this.limits = limits;
        this.signingClock = signingClock;
        this.settings = settings ?? new ExecutionSettings();
        this.containerPrograms = containerPrograms ?? ProgramFinder.OfSession;
    }

    /// <inheritdoc/>
    public Model.LocalEndpoint Start(LocalEndpointOptions options, IClock clock)
    {
        OptionsValidator.Validate(options);
        try
        {
            return new RunningEndpoint(options, clock, signingClock, limits, settings with { BuildTimeout = options.BuildTimeout, StartTimeout = options.StartTimeout }, containerPrograms);
        }
        catch (SocketException e)
        {
            throw new LocalEndpointException(
                e.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => $"Port {options.Port} on 127.0.0.1 is already in use by another program. Choose another port, or 0 for a free one.",
                    SocketError.AccessDenied => $"This user may not listen on port {options.Port}. Choose a port from 1024 on, or 0 for a free one.",
                    _ => $"Cannot listen on port {options.Port} of 127.0.0.1: {FailureText.Sentence(e.Message)}",
                },
                e);
        }
    }
}
