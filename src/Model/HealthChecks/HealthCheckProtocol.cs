namespace AppRunner.Model;

/// <summary>Known health check protocols (API: HealthCheckProtocol).</summary>
public static class HealthCheckProtocol
{
    /// <summary>The port accepts a connection.</summary>
    public const string Tcp = "TCP";

    /// <summary>The path answers with a success.</summary>
    public const string Http = "HTTP";
}
