using System;
using Amazon.Runtime;

namespace AppRunner.Client.Pipeline;

/// <summary>A successful answer, as the SDK's pipeline carries it.</summary>
/// <typeparam name="T">The Model's response shape.</typeparam>
internal sealed class JsonAnswer<T> : AmazonWebServiceResponse
    where T : class
{
    public T? Shape { get; init; }

    public string? RequestId { get; init; }

    public DateTime? ServerTime { get; init; }
}
