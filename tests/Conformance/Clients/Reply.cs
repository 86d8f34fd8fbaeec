using System.Text.Json.Nodes;

namespace AppRunner.Conformance.Tests.Clients;

/// <summary>A response as a client parsed it.</summary>
/// <param name="Output">The parsed response; null for an error.</param>
/// <param name="Error">The parsed error; null for a success.</param>
/// <param name="Body">The response body as received, if the client exposes it.</param>
internal sealed record Reply(JsonObject? Output, ReplyError? Error, JsonObject? Body)
{
    public override string ToString() => Error?.ToString() ?? Output!.ToJsonString();
}
