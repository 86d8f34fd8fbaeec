using System;
using System.Linq;
using System.Net.Http;

namespace AppRunner.Client.Transport;

/// <summary>An answer, read to its end.</summary>
internal sealed class BufferedAnswer(HttpResponseMessage message, byte[] body) : IDisposable
{
    public byte[] Body { get; } = body;

    public int Status => (int)message.StatusCode;

    public bool IsSuccess => message.IsSuccessStatusCode;

    public string? RequestId => Header("x-amzn-RequestId");

    public DateTime? ServerTime => message.Headers.Date?.UtcDateTime;

    public string? ContentType => message.Content?.Headers.ContentType?.MediaType;

    /// <summary>The first value of a header, null where it is absent or empty.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value.</returns>
    public string? Header(string name) => message.Headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    public void Dispose() => message.Dispose();
}
