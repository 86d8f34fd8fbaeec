using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace AppRunner.Conformance.Tests.Clients;

/// <summary>A third-party client of the API.</summary>
internal interface IOutsideClient : IAsyncDisposable
{
    /// <summary>Calls an operation.</summary>
    /// <param name="operation">Such as CreateService.</param>
    /// <param name="input">Its request.</param>
    Task<Reply> CallAsync(string operation, JsonObject input);

    /// <summary>Whether the client parsed a value of a response as a time.</summary>
    bool IsTime(JsonNode value);
}
