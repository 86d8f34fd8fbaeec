using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Json;

/// <summary>Replaces the values of sensitive members (<see cref="SensitiveAttribute"/>) by *****, for verbose output and messages.</summary>
internal static class SecretMasking
{
    private static readonly JsonSerializerOptions Indented = new(WireJson.Plain) { WriteIndented = true };

    /// <summary>Indented JSON for output, with every sensitive member replaced by *****.</summary>
    /// <param name="shape">A request, response or part of one.</param>
    /// <returns>Indented JSON without secrets.</returns>
    public static string Write(object shape)
    {
        var node = JsonSerializer.SerializeToNode(shape, shape.GetType(), WireJson.Plain)!;
        Mask(shape, node);
        return node.ToJsonString(Indented);
    }

    private static void Mask(object shape, JsonNode node)
    {
        foreach (var member in RequestRules.MembersOf(shape.GetType()))
        {
            var (name, value) = (member.JsonName, member.Property.GetValue(shape));
            if (value is null || node is not JsonObject json)
                continue;
            if (member.Sensitive)
            {
                json[name] = value is ICollection map ? $"***** ({map.Count} hidden)" : "*****";
            }
            else if (value is IEnumerable list and not string and not IDictionary)
            {
                var index = 0;
                foreach (var entry in list)
                {
                    if (entry is not null && RequestRules.IsShape(entry.GetType()) && json[name]?[index] is { } item)
                        Mask(entry, item);
                    index++;
                }
            }
            else if (RequestRules.IsShape(value.GetType()) && json[name] is { } inner)
            {
                Mask(value, inner);
            }
        }
    }
}
