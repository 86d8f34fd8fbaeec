using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Amazon.Runtime.Internal.Transform;

namespace AppRunner.Client.Transport;

/// <summary>An answer, read to its end.</summary>
internal sealed class BufferedAnswer : IWebResponseData, IHttpResponseBody
{
    private readonly HttpResponseMessage message;

    public BufferedAnswer(HttpResponseMessage message, byte[] body)
    {
        this.message = message;
        Body = body;
    }

    public byte[] Body { get; }

    public string? RequestId => GetHeaderValue("x-amzn-RequestId") is { Length: > 0 } id ? id : null;

    public DateTime? ServerTime => message.Headers.Date?.UtcDateTime;

    public long ContentLength => Body.Length;

    public string? ContentType => message.Content?.Headers.ContentType?.MediaType;

    public HttpStatusCode StatusCode => message.StatusCode;

    public bool IsSuccessStatusCode => message.IsSuccessStatusCode;

    public IHttpResponseBody ResponseBody => this;

    public string GetHeaderValue(string headerName) =>
        message.Headers.TryGetValues(headerName, out var values) || (message.Content is { } content && content.Headers.TryGetValues(headerName, out values))
            ? values.FirstOrDefault() ?? string.Empty
            : string.Empty;

    public bool IsHeaderPresent(string headerName) => GetHeaderValue(headerName).Length > 0;

    public string[] GetHeaderNames() => message.Headers.Select(header => header.Key).ToArray();

    public Stream OpenResponse() => new MemoryStream(Body, writable: false);

    public Task<Stream> OpenResponseAsync() => Task.FromResult(OpenResponse());

    public Amazon.Runtime.EventStreams.IEventStreamHeader GetEventStreamHeader(string headerName) => throw new NotSupportedException();

    public bool IsEventHeaderPresent(string headerName) => false;

    public void Dispose() => message.Dispose();
}
