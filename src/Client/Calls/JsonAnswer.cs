using System;

namespace AppRunner.Client.Calls;

/// <summary>A successful answer.</summary>
/// <typeparam name="T">The Model's response shape.</typeparam>
internal readonly record struct JsonAnswer<T>(T Shape, string? RequestId, DateTime? ServerTime)
    where T : class;
