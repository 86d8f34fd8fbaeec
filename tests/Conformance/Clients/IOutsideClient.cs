using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace AppRunner.Conformance.Tests.Clients;

/// <summary>A client of the API that others wrote.</summary>
internal interface IOutsideClient : IAsyncDisposable
{
    /// <summary>Calls an operation.</summary>
    /// <param name="operation">Such as CreateService.</param>
    /// <param name="input">Its request.</param>
    Task<Reply> CallAsync(string operation, JsonObject input);

    /// <summary>Whether the client took a value of an answer for a time.</summary>
    bool IsTime(JsonNode value);
}
