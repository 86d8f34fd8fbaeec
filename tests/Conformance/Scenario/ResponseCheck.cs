using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using AppRunner.Conformance.Tests.Clients;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>Compares a parsed response with the API's shape table and with the received body.</summary>
internal static class ResponseCheck
{
    private const int LongestMessage = 600;

    /// <summary>The problems of a response.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="reply">The response.</param>
    /// <param name="check">The shape table, with the client's representation of a time.</param>
    public static IEnumerable<string> Output(string operation, Reply reply, ShapeCheck check)
    {
        var shape = ShapeTable.OutputOf(operation);
        var problems = check.Problems(shape, reply.Output);
        return reply.Body is null ? problems : problems.Concat(new ShapeCheck().Problems(shape, reply.Body).Select(problem => "on the wire: " + problem)).Concat(Dropped(string.Empty, reply.Body, reply.Output));
    }

    /// <summary>The problems of an error.</summary>
    public static IEnumerable<string> Error(string operation, ReplyError error, JsonObject? body)
    {
        if (!ShapeTable.ErrorsOf(operation).Contains(error.Name))
            yield return $"{operation} does not document {error.Name}";
        if (!error.IsComplete)
            yield return $"{error.Name} is incomplete: status, request id, fault or class is not as documented";
        if (error.Message.Length is 0 or > LongestMessage)
            yield return $"the message has {error.Message.Length} characters";
        var message = ShapeTable.LogsOperations.Contains(operation) ? "message" : "Message";
        if (body is not null && !body.Select(member => member.Key).Order().SequenceEqual(new[] { message, "__type" }.Order()))
            yield return $"on the wire: the error has other members than __type and {message}: {body.ToJsonString()}";
    }

    // Clients silently drop unknown members.
    private static IEnumerable<string> Dropped(string place, JsonNode? sent, JsonNode? got) => (sent, got) switch
    {
        (JsonObject structure, JsonObject shown) => structure.SelectMany(member => Dropped($"{place}.{member.Key}", member.Value, shown[member.Key])),
        (JsonArray list, JsonArray shown) when list.Count == shown.Count => list.SelectMany((item, i) => Dropped($"{place}[{i}]", item, shown[i])),
        (JsonValue time, JsonObject date) when time.GetValueKind() == JsonValueKind.Number && Math.Abs(time.GetValue<double>() - (date["$date"]?.GetValue<double>() ?? 0)) < 0.0015 => [],
        _ => JsonNode.DeepEquals(sent, got) ? [] : [$"{place.TrimStart('.')} came as {sent?.ToJsonString() ?? "null"}, and the client shows {got?.ToJsonString() ?? "nothing"}"],
    };
}
