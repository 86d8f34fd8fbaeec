using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using AppRunner.Conformance.Tests.Clients;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>An answer as a client shows it, beside the API's table and beside what came over the wire.</summary>
internal static class AnswerCheck
{
    private const int LongestMessage = 600;

    /// <summary>What is wrong with an answer.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="check">The table, and the client's idea of a time.</param>
    public static IEnumerable<string> Output(string operation, Reply reply, ShapeCheck check)
    {
        var shape = ShapeTable.OutputOf(operation);
        var problems = check.Problems(shape, reply.Output);
        return reply.Body is null ? problems : problems.Concat(new ShapeCheck().Problems(shape, reply.Body).Select(problem => "on the wire: " + problem)).Concat(Dropped(string.Empty, reply.Body, reply.Output));
    }

    /// <summary>What is wrong with an error.</summary>
    public static IEnumerable<string> Error(string operation, ReplyError error, JsonObject? body)
    {
        if (!ShapeTable.ErrorsOf(operation).Contains(error.Name))
            yield return $"{operation} does not document {error.Name}";
        if (!error.IsComplete)
            yield return $"{error.Name} did not arrive whole: status, request id, side of the fault or class is not as documented";
        if (error.Message.Length is 0 or > LongestMessage)
            yield return $"the message has {error.Message.Length} characters";
        var words = ShapeTable.LogsOperations.Contains(operation) ? "message" : "Message";
        if (body is not null && !body.Select(member => member.Key).Order().SequenceEqual(new[] { words, "__type" }.Order()))
            yield return $"on the wire: the error has other members than __type and {words}: {body.ToJsonString()}";
    }

    // Clients leave out what they do not know, without a word.
    private static IEnumerable<string> Dropped(string place, JsonNode? sent, JsonNode? got) => (sent, got) switch
    {
        (JsonObject structure, JsonObject shown) => structure.SelectMany(member => Dropped($"{place}.{member.Key}", member.Value, shown[member.Key])),
        (JsonArray list, JsonArray shown) when list.Count == shown.Count => list.SelectMany((item, i) => Dropped($"{place}[{i}]", item, shown[i])),
        (JsonValue time, JsonObject date) when time.GetValueKind() == JsonValueKind.Number && Math.Abs(time.GetValue<double>() - (date["$date"]?.GetValue<double>() ?? 0)) < 0.0015 => [],
        _ => JsonNode.DeepEquals(sent, got) ? [] : [$"{place.TrimStart('.')} came as {sent?.ToJsonString() ?? "null"}, and the client shows {got?.ToJsonString() ?? "nothing"}"],
    };
}
