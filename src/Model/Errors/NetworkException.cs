using System;

namespace AppRunner.Model;

/// <summary>No connection, no answer, or an answer that was cut off.</summary>
public sealed class NetworkException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, and to which address.</param>
    /// <param name="mayHaveArrived">Whether the request may have reached the service.</param>
    /// <param name="innerException">What caused it.</param>
    public NetworkException(string message, bool mayHaveArrived, Exception? innerException = null)
        : base(ErrorIds.NetworkError, message, innerException)
    {
        MayHaveArrived = mayHaveArrived;
    }

    /// <summary>True where the request may have reached the service and only its answer was lost; false where it surely never left.</summary>
    public bool MayHaveArrived { get; }
}
