using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>Paths in JSON: <c>Service.Status</c>, <c>Tags[0].Key</c>, <c>Tags[Key=team].Value</c>.</summary>
internal static class JsonPath
{
    /// <summary>The value at a path.</summary>
    /// <returns>Null if there is none.</returns>
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
