using System.Text.Json.Nodes;

namespace AppRunner.Conformance.Tests.Clients;

/// <summary>What a client made of an answer.</summary>
/// <param name="Output">The answer as the client gives it to its user; null where there is an error.</param>
/// <param name="Error">The error as the client gives it to its user.</param>
/// <param name="Body">The answer as it came over the wire, where the client lets it be seen.</param>
internal sealed record Reply(JsonObject? Output, ReplyError? Error, JsonObject? Body)
{
    public override string ToString() => Error?.ToString() ?? Output!.ToJsonString();
}
