namespace AppRunner.Model;

/// <summary>Starts local endpoints. The implementation lies in AppRunner.LocalEndpoint, which is loaded at its first use; it has a public constructor without parameters.</summary>
public interface ILocalEndpointStarter
{
    /// <summary>Starts an endpoint on loopback; it serves when this returns.</summary>
    /// <param name="options">Port, region, keys and so on.</param>
    /// <param name="clock">The time that operations take and timestamps show.</param>
    /// <returns>The running endpoint.</returns>
    /// <exception cref="LocalEndpointException">The port is taken, or the computer refuses to listen.</exception>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    LocalEndpoint Start(LocalEndpointOptions options, IClock clock);
}
