using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using AppRunner.LocalEndpoint.Http;
using AppRunner.LocalEndpoint.Operations;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Signing;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.LocalEndpoint.Protocol;

/// <summary>The APIs of App Runner and of CloudWatch Logs as they are spoken: JSON, signed, from this computer only.</summary>
internal sealed class JsonApi : IHttpHandler
{
    private const int LongestMessage = 600;
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "[::1]"];

    private readonly EndpointState endpoint;
    private readonly SignatureVerifier verifier;
    private readonly IClock clock;
    private readonly string[] hosts;
    private long requestCount;

    /// <summary>Makes the API.</summary>
    /// <param name="port">The port that Host headers must name.</param>
    /// <param name="endpoint">What it works on.</param>
    /// <param name="verifier">What lets requests through.</param>
    /// <param name="clock">The time of operations and answers.</param>
    public JsonApi(int port, EndpointState endpoint, SignatureVerifier verifier, IClock clock)
    {
        this.endpoint = endpoint;
        this.verifier = verifier;
        this.clock = clock;
        hosts = Loopback.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name}:{port}")).ToArray();
    }

    /// <summary>How many requests it has answered.</summary>
    public long RequestCount => Interlocked.Read(ref requestCount);

    /// <inheritdoc/>
    public HttpResponse Answer(HttpRequest request)
    {
        var protocol = ApiProtocol.Of(request.Header("X-Amz-Target"));
        try
        {
            return Respond(200, protocol, WireJson.Write(Run(request, protocol)));
        }
        catch (AppRunnerServiceException e)
        {
            return Respond(e.StatusCode, protocol, ErrorBody(protocol, e is InvalidRequestException ? protocol.RefusalCode : e.ErrorCode, e.Message));
        }
        catch (Exception)
        {
            // Whatever went wrong here is this program's fault: the client learns that much, and the others are served on.
            return Respond(500, protocol, ErrorBody(protocol, protocol.FailureCode, "An internal service error occurred."));
        }
    }

    /// <inheritdoc/>
    public HttpResponse Refuse(HttpFault fault)
    {
        // Nobody knows what it was to ask for.
        var protocol = ApiProtocol.Of(null);
        var code = fault.Status switch
        {
            408 => "RequestTimeoutException",
            413 or 431 => "RequestEntityTooLargeException",
            _ => "MalformedHttpRequestException",
        };
        return Respond(fault.Status, protocol, ErrorBody(protocol, code, fault.Message));
    }

    private AppRunnerResponse Run(HttpRequest request, ApiProtocol protocol)
    {
        // A web page can point a name of its own at 127.0.0.1; its requests still carry that name.
        if (!hosts.Contains(request.Header("Host"), StringComparer.OrdinalIgnoreCase))
            throw Refused("AccessDeniedException", $"Only requests for this computer are served: the Host header must be {hosts[0]} or {hosts[1]}.", 403);
        if (request.Path != "/")
            throw Refused("UnknownOperationException", "All operations are called at the path /.", 404);
        if (request.Method != "POST")
            throw Refused("UnknownOperationException", "All operations are called with POST.", 405);

        var regionName = verifier.Verify(request, protocol.SigningName);
        if (OperationTable.Find(request.Header("X-Amz-Target")) is not { } operation)
            throw Refused("UnknownOperationException", "The operation that X-Amz-Target names is not known here.", 400);
        if (request.Header("Content-Type")?.Split(';')[0].Trim() is not { } contentType || !contentType.Equals(protocol.ContentType, StringComparison.OrdinalIgnoreCase))
            throw Refused("UnsupportedMediaTypeException", $"Content-Type must be {protocol.ContentType}.", 415);

        var input = RequestGuard.Read(request.Body, operation.RequestType);
        RequestGuard.Check(input);
        var region = endpoint.Region(regionName);
        lock (region.Gate)
        {
            var now = clock.UtcNow;
            region.Settle(now);
            return operation.Run(input, new OperationContext(region, endpoint, now));
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
                new("Date", Date().ToString("R", CultureInfo.InvariantCulture)),
            ],
            body);
    }

    // The service's own time, which CreatedAt and the rest show too.
    private DateTime Date()
    {
        try
        {
            return clock.UtcNow;
        }
        catch (Exception)
        {
            return DateTime.UtcNow;
        }
    }

    private static byte[] ErrorBody(ApiProtocol protocol, string code, string message) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
    {
        ["__type"] = code,
        [protocol.MessageMember] = message.Length <= LongestMessage ? message : message[..(LongestMessage - 3)] + "...",
    });

    private static AppRunnerServiceException Refused(string code, string message, int status) => ServiceErrors.Create(code, message, status, requestId: null);
}
