using System;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>A request that cannot be served. It gets a response with this status, and the connection is closed, because the start of the next request is not known.</summary>
internal sealed class HttpStatusException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status of the response.</summary>
    public int Status { get; } = status;
}

/// <summary>The reason phrases of responses.</summary>
internal static class HttpStatus
{
    /// <summary>The reason phrase of a status.</summary>
    public static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Status",
    };
}
