using System;
using System.Collections.Concurrent;
using System.Threading;

namespace AppRunner.Client.Calls;

/// <summary>The clients of the services that a connection calls, each made at its first call.</summary>
/// <param name="make">Makes one.</param>
internal sealed class JsonClients(Func<JsonService, JsonClient> make) : IDisposable
{
    // A failure is thrown again, but not kept: settings in the environment may be mended.
    private readonly ConcurrentDictionary<JsonService, Lazy<JsonClient>> clients = new();

    /// <summary>The client of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The client.</returns>
    public JsonClient Of(JsonService service) =>
        clients.GetOrAdd(service, key => new Lazy<JsonClient>(() => make(key), LazyThreadSafetyMode.PublicationOnly)).Value;

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            if (client.IsValueCreated)
                client.Value.Dispose();
        }
    }
}
