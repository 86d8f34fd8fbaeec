using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>Places in JSON: <c>Service.Status</c>, <c>Tags[0].Key</c>, <c>Tags[Key=team].Value</c>.</summary>
internal static class JsonPath
{
    /// <summary>What is at a place.</summary>
    /// <returns>Null where nothing is.</returns>
    public static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (var step in path.Split('.', '['))
            node = step.EndsWith(']') ? Item(node as JsonArray, step[..^1]) : (node as JsonObject)?[step];
        return node;
    }

    private static JsonNode? Item(JsonArray? list, string which) => which.Split('=', 2) is [var member, var value]
        ? list?.FirstOrDefault(item => item?[member]?.ToString() == value)
        : list?.ElementAtOrDefault(int.Parse(which, CultureInfo.InvariantCulture));
}
