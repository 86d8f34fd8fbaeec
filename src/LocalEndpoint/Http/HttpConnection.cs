using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Serves the requests of one connection, one after the other.</summary>
internal sealed class HttpConnection : IServerConnection
{
    private readonly HttpChannel channel;
    private readonly IHttpHandler handler;
    private readonly HttpLimits limits;
    private readonly CancellationToken stopping;

    public HttpConnection(Socket socket, IHttpHandler handler, HttpLimits limits, CancellationToken stopping)
    {
        channel = new HttpChannel(socket, limits.HeadBytes, Encoding.UTF8, requireCrLf: false);
        this.handler = handler;
        this.limits = limits;
        this.stopping = stopping;
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    /// <inheritdoc/>
    public async Task RunAsync()
    {
        using var receiveLimit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var sendLimit = new CancellationTokenSource();
        try
        {
            while (await ServeOneAsync(receiveLimit, sendLimit).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer has closed the connection, or takes too long to receive the response.
        }
        finally
        {
            channel.Dispose();
        }
    }

    // True if the connection stays open for another request.
    private async Task<bool> ServeOneAsync(CancellationTokenSource receiveLimit, CancellationTokenSource sendLimit)
    {
        HttpResponse response;
        var hasBegun = false;
        var keep = false;
        var headOnly = false;
        try
        {
            if (channel.Reader.Buffered.IsEmpty)
            {
                receiveLimit.CancelAfter(limits.Idle);
                if (!await channel.Reader.ReceiveAsync(receiveLimit.Token).ConfigureAwait(false))
                    return false;
            }

            hasBegun = true;
            receiveLimit.CancelAfter(limits.Receive);
            var (request, keepAlive) = await ReadRequestAsync(receiveLimit.Token).ConfigureAwait(false);
            receiveLimit.CancelAfter(Timeout.InfiniteTimeSpan);
            response = handler.Handle(request);
            headOnly = request.Method == "HEAD";
            keep = keepAlive && !stopping.IsCancellationRequested;
        }
        catch (HttpStatusException e)
        {
            response = handler.HandleError(e);
        }
        catch (OperationCanceledException) when (hasBegun && !stopping.IsCancellationRequested)
        {
            response = handler.HandleError(new HttpStatusException(408, "The request was not received in time."));
        }

        sendLimit.CancelAfter(limits.Send);
        await channel.SendAsync(response, keep, headOnly, sendLimit.Token).ConfigureAwait(false);
        sendLimit.CancelAfter(Timeout.InfiniteTimeSpan);
        if (!keep)
            await channel.LingerAsync(limits.Linger, stopping).ConfigureAwait(false);
        return keep;
    }

    private async Task<(HttpRequest Request, bool KeepAlive)> ReadRequestAsync(CancellationToken cancellationToken)
    {
        var head = await channel.Reader.ReadRequestHeadAsync(cancellationToken).ConfigureAwait(false);
        var target = head.Target;
        if (target[0] != '/')
            throw new HttpStatusException(400, "The request target must begin with a slash.");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in head.Fields)
        {
            if (!headers.TryAdd(name, value))
                headers[name] += "," + value;
        }

        var body = await ReadBodyAsync(head, cancellationToken).ConfigureAwait(false);
        var cut = target.IndexOf('?', StringComparison.Ordinal);
        var request = new HttpRequest(head.Method, cut < 0 ? target : target[..cut], cut < 0 ? string.Empty : target[(cut + 1)..], headers, body);
        return (request, head.IsHttp11 && !head.Fields.HasElement("Connection", "close"));
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(RequestHead head, CancellationToken cancellationToken)
    {
        var body = HttpBody.OfRequest(channel.Reader, head.Fields);
        if (body.DeclaredLength > limits.BodyBytes)
            throw TooLarge();
        if (body.IsEnded)
            return ReadOnlyMemory<byte>.Empty;
        if (head.Fields.HasElement("Expect", "100-continue") && channel.Reader.Buffered.IsEmpty)
            await channel.Writer.Append("HTTP/1.1 100 Continue\r\n\r\n").FlushAsync(cancellationToken).ConfigureAwait(false);

        var bytes = new BodyBuffer(limits.BodyBytes);
        while (true)
        {
            switch (body.Next(out var part))
            {
                case BodyReadResult.End:
                    return bytes.Content;
                case BodyReadResult.NeedMore:
                    if (body.DeclaredLength > limits.BodyBytes - bytes.Content.Length)
                        throw TooLarge();
                    await body.ReceiveAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case BodyReadResult.Data when part.Length > limits.BodyBytes - bytes.Content.Length:
                    throw TooLarge();
                case BodyReadResult.Data:
                    bytes.Append(part.Span);
                    break;
            }
        }
    }

    private HttpStatusException TooLarge() => new(413, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limits.BodyBytes} bytes."));

    // Grows with the received data, not with the declared length: a peer could declare any length without sending it.
    private sealed class BodyBuffer(int limit)
    {
        private byte[] bytes = [];
        private int length;

        public ReadOnlyMemory<byte> Content => bytes.AsMemory(0, length);

        public void Append(ReadOnlySpan<byte> part)
        {
            if (length + part.Length > bytes.Length)
                Array.Resize(ref bytes, Math.Min(limit, Math.Max(length + part.Length, bytes.Length * 2)));
            part.CopyTo(bytes.AsSpan(length));
            length += part.Length;
        }
    }
}
