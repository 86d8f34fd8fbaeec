using System;

namespace AppRunner.Client.Transport;

/// <summary>No answer: no connection, or one that broke or fell silent.</summary>
internal sealed class TransportException(string message, bool neverSent, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the request surely never left.</summary>
    public bool NeverSent { get; } = neverSent;
}
