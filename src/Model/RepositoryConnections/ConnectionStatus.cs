namespace AppRunner.Model;

/// <summary>Known values of a connection's status (API: ConnectionStatus).</summary>
public static class ConnectionStatus
{
    /// <summary>Waits until it is approved, in the console: no service can use it yet.</summary>
    public const string PendingHandshake = "PENDING_HANDSHAKE";

    /// <summary>Usable.</summary>
    public const string Available = "AVAILABLE";

    /// <summary>The handshake failed.</summary>
    public const string Error = "ERROR";

    /// <summary>Deleted.</summary>
    public const string Deleted = "DELETED";
}
