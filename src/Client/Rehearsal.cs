using AppRunner.Model;
#if NET
using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Client.Calls;
using AppRunner.Client.Settings;
#endif

namespace AppRunner.Client;

/// <summary>
/// Makes one call over a connection in memory, so that the code of a call is compiled before the first real one needs it. It opens no
/// socket, reads no credentials and no settings. In Windows PowerShell it does nothing: .NET Framework's HTTP client cannot do that.
/// </summary>
internal sealed class Rehearsal : IRehearsal
{
    /// <inheritdoc/>
    public void Run()
    {
#if NET
        var endpoint = new Uri("http://127.0.0.1/");
        var timeout = TimeSpan.FromSeconds(5);
        var handler = (SocketsHttpHandler)HttpHandlers.Create(endpoint, null, timeout);
        handler.ConnectCallback = (_, _) => new ValueTask<Stream>(new CannedResponse());
        var options = new ClientOptions(timeout, new RetryRules(1), null) { Handler = handler };
        var clients = new JsonClients(service => new JsonClient(new BasicAWSCredentials("rehearsal", "rehearsal"), string.Empty, service.SigningName, "us-east-1", endpoint, options, SystemClock.Instance));
        using var connection = new AppRunnerConnection(clients, null, "us-east-1", endpoint, string.Empty);
        connection.SendAsync(new ListServicesRequest(), CancellationToken.None).GetAwaiter().GetResult();
#endif
    }

#if NET
    /// <summary>A connection that ignores what is sent, and has one response.</summary>
    private sealed class CannedResponse : Stream
    {
        private readonly MemoryStream response = new(Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: 1\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 2\r\n\r\n{}"));

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => response.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => response.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
#endif
}
