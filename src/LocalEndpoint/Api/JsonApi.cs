using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using AppRunner.LocalEndpoint.Http;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Logs;
using AppRunner.Model.Metrics;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>The APIs of App Runner, CloudWatch Logs and CloudWatch over HTTP: signed JSON requests from this computer.</summary>
internal sealed class JsonApi : IHttpHandler
{
    private const int MaxMessageLength = 600;

    private readonly EndpointState endpoint;
    private readonly SignatureVerifier verifier;
    private readonly IClock clock;
    private readonly InternalErrorReporter internalErrors;
    private readonly HostGuard hosts;
    private readonly PageTokens pageTokens = new();
    private long requestCount;

    /// <summary>Makes the API.</summary>
    /// <param name="port">The port that must be in the Host header.</param>
    /// <param name="endpoint">The state.</param>
    /// <param name="verifier">Verifies the signatures of requests.</param>
    /// <param name="internalErrors">Reports the exceptions behind a 500.</param>
    /// <param name="clock">The clock of operations and responses.</param>
    public JsonApi(int port, EndpointState endpoint, SignatureVerifier verifier, InternalErrorReporter internalErrors, IClock clock)
    {
        this.endpoint = endpoint;
        this.verifier = verifier;
        this.internalErrors = internalErrors;
        this.clock = clock;
        hosts = HostGuard.Loopback(port);
    }

    /// <summary>The number of responses sent.</summary>
    public long RequestCount => Interlocked.Read(ref requestCount);

    /// <inheritdoc/>
    public HttpResponse Handle(HttpRequest request)
    {
        var protocol = ApiProtocol.Of(request.Header("X-Amz-Target"));
        var call = new ApiCall(HandlerTable.Find(request.Header("X-Amz-Target")));
        try
        {
            return Respond(200, protocol, WireJson.Write(Dispatch(request, protocol, call)));
        }
        catch (AppRunnerServiceException e)
        {
            return Respond(e.StatusCode, protocol, ErrorBody(protocol, e is InvalidRequestException ? protocol.RefusalCode : e.ErrorCode, e.Message));
        }
        catch (Exception e)
        {
            // A defect of this program: details are reported to its user, not sent to the client, and other requests are served.
            internalErrors.Report(call.Handler, call.Input, call.RegionName, e);
            return Respond(500, protocol, ErrorBody(protocol, protocol.FailureCode, Model.LocalEndpoint.InternalErrorMessage));
        }
    }

    /// <inheritdoc/>
    public HttpResponse HandleError(HttpStatusException error)
    {
        // It is not known which API the request was for.
        var protocol = ApiProtocol.Of(null);
        var code = error.Status switch
        {
            408 => "RequestTimeoutException",
            413 or 431 => "RequestEntityTooLargeException",
            _ => "MalformedHttpRequestException",
        };
        return Respond(error.Status, protocol, ErrorBody(protocol, code, error.Message));
    }

    private AppRunnerResponse Dispatch(HttpRequest request, ApiProtocol protocol, ApiCall call)
    {
        if (!hosts.Allows(request.Header("Host")))
            throw Refused("AccessDeniedException", $"Only requests from this computer are accepted: the Host header must be {hosts.Names[0]} or {hosts.Names[1]}.", 403);
        if (request.Path != "/")
            throw Refused("UnknownOperationException", "The path must be /.", 404);
        if (request.Method != "POST")
            throw Refused("UnknownOperationException", "The method must be POST.", 405);

        call.RegionName = verifier.Verify(request, protocol.SigningName);
        if (call.Handler is not { } handler)
            throw Refused("UnknownOperationException", "The operation in X-Amz-Target is unknown.", 400);
        if (request.Header("Content-Type")?.Split(';')[0].Trim() is not { } contentType || !contentType.Equals(protocol.ContentType, StringComparison.OrdinalIgnoreCase))
            throw Refused("UnsupportedMediaTypeException", $"Content-Type must be {protocol.ContentType}.", 415);

        var input = RequestDeserializer.Deserialize(request.Body, handler.RequestType);
        call.Input = input;
        RequestDeserializer.Validate(input);
        var region = endpoint.Region(call.RegionName);
        lock (region.Lock)
        {
            var now = clock.UtcNow;
            region.AdvanceClock(now);
            return handler.Handle(input, new HandlerContext(region, endpoint, pageTokens, now));
        }
    }

    private HttpResponse Respond(int status, ApiProtocol protocol, byte[] body)
    {
        Interlocked.Increment(ref requestCount);
        return new HttpResponse(
            status,
            [
                new("x-amzn-RequestId", Guid.NewGuid().ToString()),
                new("Content-Type", protocol.ContentType),
                // The service's clock, which CreatedAt and the other times have too.
                new("Date", InternalErrorReporter.TimeOf(clock).ToString("R", CultureInfo.InvariantCulture)),
            ],
            body);
    }

    private static byte[] ErrorBody(ApiProtocol protocol, string code, string message) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
    {
        ["__type"] = code,
        [protocol.MessageMember] = message.Length <= MaxMessageLength ? message : message[..(MaxMessageLength - 3)] + "...",
    });

    private static AppRunnerServiceException Refused(string code, string message, int status) => ServiceErrors.Create(code, message, status, requestId: null);

    // What is known of a call when it fails.
    private sealed class ApiCall(ApiHandler? handler)
    {
        public ApiHandler? Handler { get; } = handler;

        public string? RegionName { get; set; }

        public object? Input { get; set; }
    }
}

/// <summary>The differences between the served APIs.</summary>
/// <param name="SigningName">The signing name of the service.</param>
/// <param name="ContentType">The content type, with the protocol's version.</param>
/// <param name="MessageMember">The member of an error response that contains the message.</param>
/// <param name="RefusalCode">The error code of an invalid request.</param>
/// <param name="FailureCode">The error code of an internal error.</param>
internal sealed record ApiProtocol(string SigningName, string ContentType, string MessageMember, string RefusalCode, string FailureCode)
{
    private static readonly ApiProtocol AppRunner = new("apprunner", "application/x-amz-json-1.0", "Message", nameof(InvalidRequestException), nameof(InternalServiceErrorException));
    private static readonly ApiProtocol Metrics = new(MetricsApi.SigningName, MetricsApi.ContentType, "message", MetricsApi.RefusalCode, MetricsApi.FailureCode);
    private static readonly ApiProtocol Logs = new(LogsApi.SigningName, LogsApi.ContentType, "message", LogsApi.RefusalCode, LogsApi.FailureCode);

    /// <summary>The API of a request; App Runner's if the target is unknown.</summary>
    /// <param name="target">The request's X-Amz-Target.</param>
    public static ApiProtocol Of(string? target) => target?.Split('.')[0] switch
    {
        LogsApi.TargetPrefix => Logs,
        MetricsApi.TargetPrefix => Metrics,
        _ => AppRunner,
    };
}
