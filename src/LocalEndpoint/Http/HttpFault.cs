using System;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>What came is no request that can be served; the connection is closed after the answer, for nobody knows where the next request would begin.</summary>
internal sealed class HttpFault(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; } = status;
}
