using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>One request on its way to an instance, and its answer on the way back; both bodies pass at the same time.</summary>
internal sealed class Exchange
{
    private readonly HttpChannel client;
    private readonly RequestHead head;
    private readonly RequestTarget target;
    private readonly ServiceRoute route;
    private readonly FrontDoorLimits limits;
    private readonly CancellationTokenSource limit;
    private readonly HttpBody body;
    private readonly string? upgrade;
    private HttpFault? bodyFault;
    private bool clientIsGone;

    /// <summary>Takes a request whose head has been read.</summary>
    /// <param name="client">The client.</param>
    /// <param name="head">The request's head.</param>
    /// <param name="target">Where it is for.</param>
    /// <param name="route">The service that is meant by it.</param>
    /// <param name="limits">What one request may take.</param>
    /// <param name="limit">Ends it; cancelled here where the client's connection is of no use any more.</param>
    /// <exception cref="HttpFault">The request is malformed.</exception>
    public Exchange(HttpChannel client, RequestHead head, RequestTarget target, ServiceRoute route, FrontDoorLimits limits, CancellationTokenSource limit)
    {
        this.client = client;
        this.head = head;
        this.target = target;
        this.route = route;
        this.limits = limits;
        this.limit = limit;
        body = HttpBody.OfRequest(client.Reader, head.Fields);
        upgrade = ForwardedHeads.UpgradeOf(head);
        if (body.Kind == BodyLength.Chunked && !head.IsHttp11)
            throw new HttpFault(400, "HTTP/1.0 knows no chunks.");
    }

    // RFC 9110, 9.2.2: what may be sent twice. A body that is on its way cannot be had a second time.
    private bool CanBeResent => body.Kind == BodyLength.None && head.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";

    /// <summary>Serves the request. True where another one may follow on the client's connection.</summary>
    /// <exception cref="HttpFault">Nothing has been answered, and this is what to say.</exception>
    public async Task<bool> RunAsync()
    {
        var tried = new List<Backend>();
        HttpFault? refusal = null;
        var resent = false;
        while (true)
        {
            using var lease = route.Lease(tried) ?? throw refusal!;
            HttpChannel instance;
            try
            {
                instance = await lease.ConnectAsync(fresh: resent, limit.Token).ConfigureAwait(false);
            }
            catch (HttpFault fault)
            {
                lease.Refused();
                refusal = fault;
                tried.Add(lease.Backend);
                continue;
            }

            var (answer, sending) = await AskAsync(lease, instance).ConfigureAwait(false);
            if (answer is not null)
                return await PassAnswerAsync(lease, instance, answer, sending).ConfigureAwait(false);

            // Closed without a word. Where the connection had been kept, that says nothing about the instance.
            if (!lease.IsReused)
                tried.Add(lease.Backend);
            refusal = new HttpFault(502, $"The service's instance {lease.Backend.Id} closed the connection without an answer.");
            if (resent || !CanBeResent)
                throw refusal;
            resent = true;
        }
    }

    // Sends the request; the answer's head, or null where the instance has closed the connection without a byte.
    private async Task<(ResponseHead? Answer, Task<bool> Sending)> AskAsync(BackendLease lease, HttpChannel instance)
    {
        var before = instance.Reader.Received;
        ForwardedHeads.WriteRequest(instance.Writer, head, target, body, client.Socket.RemoteEndPoint);
        var sending = SendBodyAsync(instance);
        try
        {
            return (await ReadAnswerAsync(instance).ConfigureAwait(false), sending);
        }
        catch (Exception e) when (e is HttpFault or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            var isLate = limit.IsCancellationRequested;
            var isSent = body.IsEnded;
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            if (bodyFault is not null)
                throw bodyFault;
            if (clientIsGone || client.Writer.IsBroken)
                throw;
            if (isLate)
                throw isSent ? new HttpFault(504, $"The service's instance {lease.Backend.Id} gave no answer within {limits.Request.TotalSeconds} seconds.") : new HttpFault(408, $"The request was not complete within {limits.Request.TotalSeconds} seconds.");
            if (instance.Reader.Received == before)
                return (null, sending);
            throw Improper(lease, e);
        }
    }

    private async Task<bool> SendBodyAsync(HttpChannel instance)
    {
        try
        {
            await BodyRelay.RunAsync(body, instance.Writer, body.Kind == BodyLength.Chunked, limit.Token).ConfigureAwait(false);
            if (upgrade is null && client.Reader.Waiting.IsEmpty)
                _ = WatchClientAsync();
            return true;
        }
        catch (HttpFault fault)
        {
            bodyFault = fault;
            instance.Dispose();
        }
        catch (OperationCanceledException)
        {
            // Whoever has cancelled it goes on.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException && instance.Writer.IsBroken)
        {
            // The instance takes no more of it; that is no reason not to read what it has answered.
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

    private async Task<ResponseHead> ReadAnswerAsync(HttpChannel instance)
    {
        while (true)
        {
            var answer = await instance.Reader.ReadResponseHeadAsync(limit.Token).ConfigureAwait(false);
            if (answer.Status is 101 or >= 200)
                return answer;
            if (!head.IsHttp11)
                continue;
            ForwardedHeads.WriteAnswer(client.Writer, answer, chunked: false, keep: true);
            await client.Writer.FlushAsync(limit.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> PassAnswerAsync(BackendLease lease, HttpChannel instance, ResponseHead answer, Task<bool> sending)
    {
        HttpBody content;
        try
        {
            if (answer.Status == 101)
                return await TunnelAsync(instance, answer, sending).ConfigureAwait(false);
            content = HttpBody.OfResponse(instance.Reader, answer, head.Method);
        }
        catch (HttpFault fault)
        {
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            throw Improper(lease, fault);
        }

        // A client that waits for leave to send its body, and gets an answer instead, may send it or not: nobody knows where its next request begins.
        var isUnasked = !body.IsEnded && !body.IsStarted && head.Fields.HasWord("Expect", "100-continue");
        var chunked = head.IsHttp11 && content.Kind is BodyLength.Chunked or BodyLength.UntilClose;
        var untilClose = !chunked && content.Kind is BodyLength.Chunked or BodyLength.UntilClose;
        var keep = head.IsHttp11 && !head.Fields.HasWord("Connection", "close") && !isUnasked;
        var before = client.Writer.Sent;
        try
        {
            ForwardedHeads.WriteAnswer(client.Writer, answer, chunked, keep);
            await BodyRelay.RunAsync(content, client.Writer, chunked, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpFault or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
            if (e is HttpFault && client.Writer.Sent == before)
            {
                client.Writer.TakeBack();
                throw Improper(lease, e);
            }

            // The answer is on its way and cannot be taken back: the client must see that something is missing.
            if (untilClose)
                client.Reset();
            return false;
        }

        // An instance may have answered before it had the whole request, but usually its last bytes are just on their way.
        if (!isUnasked && !sending.IsCompleted)
            await Task.WhenAny(sending, Task.Delay(limits.Linger, limit.Token)).ConfigureAwait(false);
        if (!sending.IsCompleted)
            await StopSendingAsync(instance, sending).ConfigureAwait(false);
        var isSent = await sending.ConfigureAwait(false);
        if (isSent && answer.IsHttp11 && !answer.Fields.HasWord("Connection", "close") && content.Kind != BodyLength.UntilClose && instance.Reader.Waiting.IsEmpty)
            lease.Keep();
        return keep && isSent;
    }

    private async Task<bool> TunnelAsync(HttpChannel instance, ResponseHead answer, Task<bool> sending)
    {
        if (upgrade is null)
            throw new HttpFault(400, "The connection is upgraded, and nobody wanted that.");
        if (!await sending.ConfigureAwait(false))
            return false;
        limit.CancelAfter(Timeout.InfiniteTimeSpan);
        ForwardedHeads.WriteAnswer(client.Writer, answer, chunked: false, keep: true);
        await client.Writer.FlushAsync(limit.Token).ConfigureAwait(false);
        await Tunnel.RunAsync(client, instance, limits.HalfOpen, limit.Token).ConfigureAwait(false);
        return false;
    }

    private static HttpFault Improper(BackendLease lease, Exception reason) =>
        new(502, $"The service's instance {lease.Backend.Id} gave no proper answer: {reason.Message}");
}
