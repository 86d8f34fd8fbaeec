using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>Forwards one request to an instance, and the response to the client. Both bodies are streamed at the same time.</summary>
/// <remarks>
/// The steps. Before the response has started, a failure is an HttpStatusException, which the caller sends to the client:
/// <code>
/// 1. lease the instance with fewest requests in flight          503 if there is none
/// 2. connect, or reuse an idle connection                        refused: mark unreachable, next instance
/// 3. write the request line and the forwarded headers
/// 4. copy the request body  (in parallel with 5 to 7)            client closed: cancel; malformed: 400
/// 5. read the response headers; forward 1xx responses at once
///      closed without a response: retry once on a new connection if the method is idempotent and has no body; else 502
///      timeout: 504, or 408 if the request body is not complete
/// 6. 101: copy bytes both ways until both sides end (UpgradedConnection)
/// 7. write the response headers, copy the body                   failure: close the client's connection
/// 8. keep both connections open if both messages ended properly
/// </code>
/// </remarks>
internal sealed class RequestForwarder
{
    private readonly HttpChannel client;
    private readonly RequestHead head;
    private readonly RequestTarget target;
    private readonly ServiceRoute route;
    private readonly FrontDoorLimits limits;
    private readonly CancellationTokenSource limit;
    private readonly HttpBody body;
    private readonly string? upgrade;
    private HttpStatusException? bodyError;
    private bool clientIsGone;
    private int status;

    /// <summary>Creates the forwarder of a request whose headers were read.</summary>
    /// <param name="client">The client.</param>
    /// <param name="head">The request line and headers.</param>
    /// <param name="target">The target.</param>
    /// <param name="route">The route of the service.</param>
    /// <param name="limits">The limits of a request.</param>
    /// <param name="limit">Ends the request; cancelled here when the client's connection cannot be used any more.</param>
    /// <exception cref="HttpStatusException">The request is malformed.</exception>
    public RequestForwarder(HttpChannel client, RequestHead head, RequestTarget target, ServiceRoute route, FrontDoorLimits limits, CancellationTokenSource limit)
    {
        this.client = client;
        this.head = head;
        this.target = target;
        this.route = route;
        this.limits = limits;
        this.limit = limit;
        body = HttpBody.OfRequest(client.Reader, head.Fields);
        upgrade = ForwardedHeaders.UpgradeOf(head);
        if (body.Kind == BodyFraming.Chunked && !head.IsHttp11)
            throw new HttpStatusException(400, "HTTP/1.0 does not support Transfer-Encoding: chunked.");
    }

    // Idempotent methods (RFC 9110, 9.2.2) can be retried, but a streamed body cannot be sent a second time.
    private bool CanRetry => body.Kind == BodyFraming.None && head.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";

    /// <summary>Forwards the request. True if the client's connection stays open.</summary>
    /// <exception cref="HttpStatusException">The response to send; none has been started.</exception>
    public async Task<bool> RunAsync()
    {
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            return await ForwardAsync().ConfigureAwait(false);
        }
        catch (HttpStatusException e)
        {
            status = e.Status;
            throw;
        }
        finally
        {
            if (status != 0)
                route.OnRequestEnded(status, Stopwatch.GetElapsedTime(startedAt));
        }
    }

    private async Task<bool> ForwardAsync()
    {
        var tried = new List<Backend>();
        HttpStatusException? refusal = null;
        var resent = false;
        while (true)
        {
            using var lease = route.Lease(tried) ?? throw refusal!;
            HttpChannel instance;
            try
            {
                instance = await lease.ConnectAsync(fresh: resent, limit.Token).ConfigureAwait(false);
            }
            catch (HttpStatusException e)
            {
                lease.MarkUnreachable();
                refusal = e;
                tried.Add(lease.Backend);
                continue;
            }

            var (response, sending) = await SendAsync(lease, instance).ConfigureAwait(false);
            if (response is not null)
                return await CopyResponseAsync(lease, instance, response, sending).ConfigureAwait(false);

            // Closed without a response. If the connection was reused, the instance may still be fine.
            if (!lease.IsReused)
                tried.Add(lease.Backend);
            refusal = new HttpStatusException(502, $"The service's instance {lease.Backend.Id} closed the connection without a response.");
            if (resent || !CanRetry)
                throw refusal;
            resent = true;
        }
    }

    // Sends the request. Returns the response headers, or null if the instance closed the connection without a response.
    private async Task<(ResponseHead? Response, Task<bool> Sending)> SendAsync(BackendLease lease, HttpChannel instance)
    {
        var before = instance.Reader.Received;
        ForwardedHeaders.WriteRequest(instance.Writer, head, target, body, client.Socket.RemoteEndPoint);
        var sending = SendBodyAsync(instance);
        try
        {
            return (await ReadResponseHeadAsync(instance).ConfigureAwait(false), sending);
        }
        catch (Exception e) when (e is HttpStatusException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            var timedOut = limit.IsCancellationRequested;
            var isSent = body.IsEnded;
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            if (bodyError is not null)
                throw bodyError;
            if (clientIsGone || client.Writer.IsBroken)
                throw;
            if (timedOut)
                throw isSent ? new HttpStatusException(504, $"The service's instance {lease.Backend.Id} sent no response within {limits.Request.TotalSeconds} seconds.") : new HttpStatusException(408, $"The request was not complete within {limits.Request.TotalSeconds} seconds.");
            if (instance.Reader.Received == before)
                return (null, sending);
            throw InvalidResponse(lease, e);
        }
    }

    private async Task<bool> SendBodyAsync(HttpChannel instance)
    {
        try
        {
            await BodyCopier.CopyAsync(body, instance.Writer, body.Kind == BodyFraming.Chunked, limit.Token).ConfigureAwait(false);
            if (upgrade is null && client.Reader.Buffered.IsEmpty)
                _ = WatchClientAsync();
            return true;
        }
        catch (HttpStatusException e)
        {
            bodyError = e;
            instance.Dispose();
        }
        catch (OperationCanceledException)
        {
            // The code that cancelled it handles this.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException && instance.Writer.IsBroken)
        {
            // The instance reads no more of the body, but it may have sent a response.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            clientIsGone = true;
            await limit.CancelAsync().ConfigureAwait(false);
        }

        return false;
    }

    // Cancels the request when the client closes the connection.
    private async Task WatchClientAsync()
    {
        if (await client.Reader.ReceiveAhead().ConfigureAwait(false))
            return;
        clientIsGone = true;
        try
        {
            await limit.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended meanwhile.
        }
    }

    private async Task StopSendingAsync(HttpChannel instance, Task<bool> sending)
    {
        instance.Dispose();
        if (body.Kind != BodyFraming.None)
            await limit.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
    }

    private async Task<ResponseHead> ReadResponseHeadAsync(HttpChannel instance)
    {
        while (true)
        {
            var response = await instance.Reader.ReadResponseHeadAsync(limit.Token).ConfigureAwait(false);
            if (response.Status is 101 or >= 200)
                return response;
            if (!head.IsHttp11)
                continue;
            ForwardedHeaders.WriteResponse(client.Writer, response, chunked: false, keep: true);
            await client.Writer.FlushAsync(limit.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> CopyResponseAsync(BackendLease lease, HttpChannel instance, ResponseHead response, Task<bool> sending)
    {
        HttpBody content;
        status = response.Status;
        try
        {
            if (response.Status == 101)
                return await CopyUpgradedAsync(instance, response, sending).ConfigureAwait(false);
            content = HttpBody.OfResponse(instance.Reader, response, head.Method);
        }
        catch (HttpStatusException e)
        {
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            throw InvalidResponse(lease, e);
        }

        // After a final response, a client that sent Expect: 100-continue may or may not send its body, so the start of its next request is not known.
        var isBodyUncertain = !body.IsEnded && !body.IsStarted && head.Fields.HasElement("Expect", "100-continue");
        var chunked = head.IsHttp11 && content.Kind is BodyFraming.Chunked or BodyFraming.UntilClose;
        var untilClose = !chunked && content.Kind is BodyFraming.Chunked or BodyFraming.UntilClose;
        var keep = head.IsHttp11 && !head.Fields.HasElement("Connection", "close") && !isBodyUncertain;
        var before = client.Writer.Sent;
        try
        {
            ForwardedHeaders.WriteResponse(client.Writer, response, chunked, keep);
            await BodyCopier.CopyAsync(content, client.Writer, chunked, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpStatusException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            if (e is HttpStatusException && client.Writer.Sent == before)
            {
                client.Writer.DiscardUnsent();
                throw InvalidResponse(lease, e);
            }

            // The response has started: close the connection so that the client notices that it is incomplete.
            if (untilClose)
                client.Reset();
            return false;
        }

        // The instance may respond before it has received the whole request. Usually only the last bytes are missing, so wait for them.
        if (!isBodyUncertain && !sending.IsCompleted)
            await Task.WhenAny(sending, Task.Delay(limits.Linger, limit.Token)).ConfigureAwait(false);
        if (!sending.IsCompleted)
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
        var isSent = await sending.ConfigureAwait(false);
        if (isSent && response.IsHttp11 && !response.Fields.HasElement("Connection", "close") && content.Kind != BodyFraming.UntilClose && instance.Reader.Buffered.IsEmpty)
            lease.KeepConnection();
        return keep && isSent;
    }

    private async Task<bool> CopyUpgradedAsync(HttpChannel instance, ResponseHead response, Task<bool> sending)
    {
        if (upgrade is null)
            throw new HttpStatusException(400, "The instance sent 101 Switching Protocols without an Upgrade request.");
        if (!await sending.ConfigureAwait(false))
            return false;
        limit.CancelAfter(Timeout.InfiniteTimeSpan);
        ForwardedHeaders.WriteResponse(client.Writer, response, chunked: false, keep: true);
        await client.Writer.FlushAsync(limit.Token).ConfigureAwait(false);
        await UpgradedConnection.CopyAsync(client, instance, limits.HalfOpen, limit.Token).ConfigureAwait(false);
        return false;
    }

    private static HttpStatusException InvalidResponse(BackendLease lease, Exception reason) =>
        new(502, $"The service's instance {lease.Backend.Id} sent an invalid response: {reason.Message}");
}
