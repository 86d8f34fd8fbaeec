using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Writes to a socket. Small writes are buffered until a flush, so that headers and body are sent together.</summary>
internal sealed class HttpWriter(Socket socket)
{
    private const int InitialBuffer = 4 * 1024;
    private const int MaxBuffer = 80 * 1024;

    private byte[] buffer = new byte[InitialBuffer];
    private int filled;

    /// <summary>Sending has failed.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The total number of sent bytes.</summary>
    public long Sent { get; private set; }

    /// <summary>Buffers text in Latin-1.</summary>
    public HttpWriter Append(ReadOnlySpan<char> text)
    {
        MakeRoom(text.Length);
        filled += Encoding.Latin1.GetBytes(text, buffer.AsSpan(filled));
        return this;
    }

    /// <summary>Buffers bytes.</summary>
    public HttpWriter Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(filled));
        filled += bytes.Length;
        return this;
    }

    /// <summary>Buffers a header line.</summary>
    public HttpWriter AppendField(string name, string value) => Append(name).Append(": ").Append(value).Append("\r\n");

    /// <summary>Writes bytes, which the caller may change afterwards.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (filled > 0 ? filled + bytes.Length <= MaxBuffer : bytes.Length <= InitialBuffer)
        {
            Append(bytes.Span);
            return;
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the buffered bytes.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (filled == 0)
            return;
        await SendAsync(buffer.AsMemory(0, filled), cancellationToken).ConfigureAwait(false);
        filled = 0;
    }

    /// <summary>Discards the buffered bytes.</summary>
    public void DiscardUnsent() => filled = 0;

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (bytes.Length > 0)
            {
                var count = await socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                Sent += count;
                bytes = bytes[count..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            IsBroken = true;
            throw;
        }
    }

    private void MakeRoom(int count)
    {
        if (buffer.Length - filled < count)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, filled + count));
    }
}
