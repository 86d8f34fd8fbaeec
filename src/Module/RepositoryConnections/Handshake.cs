namespace AppRunner.RepositoryConnections;

/// <summary>How a connection comes to be usable.</summary>
internal static class Handshake
{
    /// <summary>Where the console completes handshakes; the API cannot.</summary>
    /// <param name="region">The connection's region.</param>
    /// <returns>The address.</returns>
    public static string ConsoleUrl(string region) => $"https://{region}.console.aws.amazon.com/apprunner/home?region={region}#/connections";
}
