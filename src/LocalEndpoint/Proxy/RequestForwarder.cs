using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>Forwards one request to an instance, and the instance's response to the client. Both bodies stream at the same time.</summary>
/// <remarks>
/// The steps. While nothing of a response has gone out, a failure is an HttpStatusException, which the client is sent:
/// <code>
/// 1. lease the instance with fewest requests in flight          503 where none serves
/// 2. connect, or reuse a connection that was kept                refused: mark unreachable, next instance
/// 3. write the head with its forwarded headers
/// 4. copy the request's body  (in parallel with 5 to 7)          client gone: cancel; malformed: 400
/// 5. read the response's head; 1xx go to the client as they come
///      closed without a byte: once more where the method is idempotent and there is no body, on a new connection; else 502
///      late: 504, or 408 where the request's body is not complete
/// 6. 101: copy bytes both ways until both sides end (UpgradedConnection)
/// 7. write the response's head, copy its body                    fails in the middle: the client's connection is cut
/// 8. keep the instance's connection, and the client's, where both messages ended cleanly
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

    /// <summary>Takes a request whose head has been read.</summary>
    /// <param name="client">The client.</param>
    /// <param name="head">The request's head.</param>
    /// <param name="target">Where it is for.</param>
    /// <param name="route">The service that is meant by it.</param>
    /// <param name="limits">What one request may take.</param>
    /// <param name="limit">Ends it; cancelled here where the client's connection is of no use any more.</param>
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
        if (body.Kind == BodyLength.Chunked && !head.IsHttp11)
            throw new HttpStatusException(400, "HTTP/1.0 knows no chunks.");
    }

    // RFC 9110, 9.2.2: what may be sent twice. A body that is on its way cannot be had a second time.
    private bool CanBeResent => body.Kind == BodyLength.None && head.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";

    /// <summary>Forwards the request. True where another one may follow on the client's connection.</summary>
    /// <exception cref="HttpStatusException">No response has been begun; this is the one to send.</exception>
    public async Task<bool> RunAsync()
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
                lease.Refused();
                refusal = e;
                tried.Add(lease.Backend);
                continue;
            }

            var (response, sending) = await SendAsync(lease, instance).ConfigureAwait(false);
            if (response is not null)
                return await CopyResponseAsync(lease, instance, response, sending).ConfigureAwait(false);

            // Closed without a byte. Where the connection had been kept, that says nothing about the instance.
            if (!lease.IsReused)
                tried.Add(lease.Backend);
            refusal = new HttpStatusException(502, $"The service's instance {lease.Backend.Id} closed the connection without an answer.");
            if (resent || !CanBeResent)
                throw refusal;
            resent = true;
        }
    }

    // Sends the request; the response's head, or null where the instance has closed the connection without a byte.
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
            var isLate = limit.IsCancellationRequested;
            var isSent = body.IsEnded;
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            if (bodyError is not null)
                throw bodyError;
            if (clientIsGone || client.Writer.IsBroken)
                throw;
            if (isLate)
                throw isSent ? new HttpStatusException(504, $"The service's instance {lease.Backend.Id} gave no answer within {limits.Request.TotalSeconds} seconds.") : new HttpStatusException(408, $"The request was not complete within {limits.Request.TotalSeconds} seconds.");
            if (instance.Reader.Received == before)
                return (null, sending);
            throw Improper(lease, e);
        }
    }

    private async Task<bool> SendBodyAsync(HttpChannel instance)
    {
        try
        {
            await BodyCopier.CopyAsync(body, instance.Writer, body.Kind == BodyLength.Chunked, limit.Token).ConfigureAwait(false);
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
            // Whatever cancelled it handles that.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException && instance.Writer.IsBroken)
        {
            // The instance takes no more of it; that is no reason not to read what it has responded.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            clientIsGone = true;
            await limit.CancelAsync().ConfigureAwait(false);
        }

        return false;
    }

    // The instance need not go on for a client that is gone.
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
            // The connection has ended in the meantime.
        }
    }

    private async Task StopSendingAsync(HttpChannel instance, Task<bool> sending)
    {
        instance.Dispose();
        if (body.Kind != BodyLength.None)
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
        try
        {
            if (response.Status == 101)
                return await CopyUpgradedAsync(instance, response, sending).ConfigureAwait(false);
            content = HttpBody.OfResponse(instance.Reader, response, head.Method);
        }
        catch (HttpStatusException e)
        {
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            throw Improper(lease, e);
        }

        // A client that sent Expect: 100-continue and gets a final response may send its body or not, so where its next request begins is not known.
        var isUnasked = !body.IsEnded && !body.IsStarted && head.Fields.HasWord("Expect", "100-continue");
        var chunked = head.IsHttp11 && content.Kind is BodyLength.Chunked or BodyLength.UntilClose;
        var untilClose = !chunked && content.Kind is BodyLength.Chunked or BodyLength.UntilClose;
        var keep = head.IsHttp11 && !head.Fields.HasWord("Connection", "close") && !isUnasked;
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
                throw Improper(lease, e);
            }

            // The response is on its way and cannot be taken back: the client must see that something is missing.
            if (untilClose)
                client.Reset();
            return false;
        }

        // An instance may have responded before it had the whole request, but usually the last bytes are about to be sent.
        if (!isUnasked && !sending.IsCompleted)
            await Task.WhenAny(sending, Task.Delay(limits.Linger, limit.Token)).ConfigureAwait(false);
        if (!sending.IsCompleted)
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
        var isSent = await sending.ConfigureAwait(false);
        if (isSent && response.IsHttp11 && !response.Fields.HasWord("Connection", "close") && content.Kind != BodyLength.UntilClose && instance.Reader.Buffered.IsEmpty)
            lease.Keep();
        return keep && isSent;
    }

    private async Task<bool> CopyUpgradedAsync(HttpChannel instance, ResponseHead response, Task<bool> sending)
    {
        if (upgrade is null)
            throw new HttpStatusException(400, "The connection is upgraded, and nobody wanted that.");
        if (!await sending.ConfigureAwait(false))
            return false;
        limit.CancelAfter(Timeout.InfiniteTimeSpan);
        ForwardedHeaders.WriteResponse(client.Writer, response, chunked: false, keep: true);
        await client.Writer.FlushAsync(limit.Token).ConfigureAwait(false);
        await UpgradedConnection.CopyAsync(client, instance, limits.HalfOpen, limit.Token).ConfigureAwait(false);
        return false;
    }

    private static HttpStatusException Improper(BackendLease lease, Exception reason) =>
        new(502, $"The service's instance {lease.Backend.Id} gave no proper answer: {reason.Message}");
}
