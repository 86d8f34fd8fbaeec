using System;
using System.Collections.Generic;
using System.Text.Json;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Client.Calls;

/// <summary>An HTTP error response.</summary>
internal sealed class AwsErrorResponseException : Exception
{
    // The error codes that the SDK treats as clock skew, if the times differ.
    private static readonly HashSet<string> SkewCodes = new(StringComparer.OrdinalIgnoreCase)
    {
        "AccessDeniedException", "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed", "SignatureDoesNotMatch",
    };

    private AwsErrorResponseException(BufferedResponse response, string? code, string? message)
        : base(message)
    {
        ErrorCode = code;
        ServiceMessage = message;
        Status = response.Status;
        RequestId = response.RequestId;
        ContentType = response.ContentType;
        Location = Target(response);
    }

    /// <summary>The service's error code; null if there is none.</summary>
    public string? ErrorCode { get; }

    /// <summary>The service's message; null if there is none.</summary>
    public string? ServiceMessage { get; }

    public int Status { get; }

    public string? RequestId { get; }

    public string? ContentType { get; }

    /// <summary>The target of a redirect, without the parts that can have passwords and tokens; null if there is none, or it is not a URL.</summary>
    public string? Location { get; }

    /// <summary>Whether the request was refused because of clock skew. The next signature has the corrected time.</summary>
    public bool IsClockSkew { get; private init; }

    /// <summary>
    /// Whether a proxy or gateway reports that it got no response from the service. The request may have reached the service.
    /// </summary>
    public bool IsGatewayFailure => Status is 502 or 504 && ErrorCode is null;

    /// <summary>Reads a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="correctClock">Corrects the clock by the service's time; returns whether the time of the request was wrong.</param>
    /// <returns>The exception.</returns>
    public static AwsErrorResponseException Read(BufferedResponse response, Func<DateTime, bool> correctClock)
    {
        var (named, message) = ReadBody(response.Body);
        var code = ServiceErrors.ShortCode(response.Header("x-amzn-ErrorType") ?? named);
        return new AwsErrorResponseException(response, code, message)
        {
            IsClockSkew = code is not null && SkewCodes.Contains(code) && response.ServerTime is { } time && correctClock(time),
        };
    }

    // Without user information, query, fragment and parameters of the path.
    private static string? Target(BufferedResponse response) =>
        response.Header("Location") is { } location && Uri.TryCreate(response.Address, location, out var target) && target.Scheme is "http" or "https"
            ? target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).Split(';')[0]
            : null;

    private static (string? Code, string? Message) ReadBody(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return default;
            string? code = null, message = null;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String)
                    continue;
                if (member.NameEquals("__type") || (code is null && member.NameEquals("code")))
                    code = member.Value.GetString();
                else if (string.Equals(member.Name, "message", StringComparison.OrdinalIgnoreCase) || (message is null && string.Equals(member.Name, "errorMessage", StringComparison.OrdinalIgnoreCase)))
                    message = member.Value.GetString();
            }

            return (code, message);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not valid UTF-8 or UTF-16.
            return default;
        }
    }
}

/// <summary>A response with a success status and a body that cannot be read.</summary>
internal sealed class UnreadableResponseException : Exception
{
    private const int Unlimited = 1_000_000;

    /// <summary>Creates the exception.</summary>
    /// <param name="response">The response.</param>
    /// <param name="cause">Why it cannot be read.</param>
    public UnreadableResponseException(BufferedResponse response, JsonException cause)
        : base(Describe(response, cause), cause)
    {
        Status = response.Status;
        RequestId = response.RequestId;
        IsJson = StartsAsJson(response.Body);
    }

    public int Status { get; }

    public string? RequestId { get; }

    /// <summary>Whether the body is, or starts as, a JSON object. Otherwise it is not from the service.</summary>
    public bool IsJson { get; }

    // The position in the message of the cause is one of bytes, and its path has names of .NET.
    private static string Describe(BufferedResponse response, JsonException cause)
    {
        // The Model's own message, about a response that is incomplete.
        if (!cause.Message.Contains("LineNumber") && StartsAsJson(response.Body))
            return FailureText.Sentence(cause.Message);
        if (response.Body.Length == 0)
            return "it is empty.";
        if (cause is NullInCollectionException)
            return cause.Message;
        if (!StartsAsJson(response.Body))
            return FailureText.Sentence($"it is not a JSON object (content type {response.ContentType ?? "missing"}).");
        try
        {
            using var document = JsonDocument.Parse(response.Body, new JsonDocumentOptions { MaxDepth = Unlimited });
        }
        catch (JsonException)
        {
            return "its JSON is damaged or incomplete.";
        }

        var path = cause.Path is { Length: > 2 } full && full.StartsWith("$.", StringComparison.Ordinal) ? full.Substring(2) : null;
        return path is null || cause.Message.Contains("depth") ? "its JSON is nested too deeply or has an unexpected form." : $"the value of {path} has an unexpected form.";
    }

    private static bool StartsAsJson(byte[] body) => Array.Find(body, value => value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) == (byte)'{';
}
