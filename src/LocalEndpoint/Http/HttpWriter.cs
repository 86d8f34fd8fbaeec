using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Writes to a socket: what is small is collected until it is flushed, so that a head and its body leave together.</summary>
internal sealed class HttpWriter(Socket socket)
{
    private const int FirstBuffer = 4 * 1024;
    private const int LargestBuffer = 80 * 1024;

    private byte[] buffer = new byte[FirstBuffer];
    private int filled;

    /// <summary>The peer takes nothing any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many bytes have ever been sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Writes text, a byte for a character, as heads are.</summary>
    public HttpWriter Append(ReadOnlySpan<char> text)
    {
        MakeRoom(text.Length);
        filled += Encoding.Latin1.GetBytes(text, buffer.AsSpan(filled));
        return this;
    }

    /// <summary>Writes bytes that are few.</summary>
    public HttpWriter Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(filled));
        filled += bytes.Length;
        return this;
    }

    /// <summary>Writes a field's line.</summary>
    public HttpWriter AppendField(string name, string value) => Append(name).Append(": ").Append(value).Append("\r\n");

    /// <summary>Writes any number of bytes; they may be changed when this has ended.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (filled > 0 ? filled + bytes.Length <= LargestBuffer : bytes.Length <= FirstBuffer)
        {
            Append(bytes.Span);
            return;
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what was written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (filled == 0)
            return;
        await SendAsync(buffer.AsMemory(0, filled), cancellationToken).ConfigureAwait(false);
        filled = 0;
    }

    /// <summary>Drops what was written and not sent.</summary>
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
