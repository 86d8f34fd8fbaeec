using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AppRunner.Tests.Shared;

/// <summary>Checks JSON against the API's shapes: every member is known, has the right type and is within its constraints, and no required member is missing.</summary>
/// <param name="isTime">Whether a value is a time; null accepts the wire format, epoch seconds.</param>
internal sealed class ShapeCheck(Func<JsonNode, bool>? isTime = null)
{
    // The table contradicts itself: a length of 32 and a pattern of 36.
    private static readonly HashSet<string> NotChecked = ["ServiceId"];

    private readonly HashSet<string> seen = [];

    /// <summary>Every member that occurred, such as <c>Service.Status</c>.</summary>
    public IReadOnlySet<string> Seen => seen;

    /// <summary>The problems.</summary>
    /// <param name="shape">The shape's name.</param>
    /// <param name="value">The value.</param>
    public IReadOnlyList<string> Problems(string shape, JsonNode? value) => Check(shape, value, shape).ToArray();

    private IEnumerable<string> Check(string name, JsonNode? value, string place)
    {
        if (value is null)
            return [$"{place} is null"];
        var shape = ShapeTable.Shape(name);
        return ShapeTable.TypeOf(shape) switch
        {
            "structure" when value is JsonObject structure => Structure(name, structure, place),
            "list" when value is JsonArray list => list.SelectMany((item, i) => Check(ShapeTable.EntryOf(shape), item, $"{place}[{i}]")),
            "map" when value is JsonObject map => map.SelectMany(pair =>
                Text(ShapeTable.Target(shape.GetProperty("key")), pair.Key, place + " (key)").Concat(Check(ShapeTable.Target(shape.GetProperty("value")), pair.Value, $"{place}.{pair.Key}"))),
            "timestamp" when isTime?.Invoke(value) ?? value.GetValueKind() == JsonValueKind.Number => [],
            "boolean" when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => [],
            "integer" when value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<int>(out var number) => Range(shape, number, place),
            "long" when value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<long>(out var number) => Range(shape, number, place),
            "string" when value.GetValueKind() == JsonValueKind.String => Text(name, value.GetValue<string>(), place),
            var type => [$"{place} is not a {type}: {value.ToJsonString()}"],
        };
    }

    private IEnumerable<string> Structure(string name, JsonObject structure, string place)
    {
        foreach (var missing in ShapeTable.RequiredOf(name).Where(member => !structure.ContainsKey(member)))
            yield return $"{place}.{missing} is missing";
        var members = ShapeTable.MembersOf(name);
        foreach (var (key, value) in structure)
        {
            if (!members.TryGetValue(key, out var member))
            {
                yield return $"{place}.{key} is not a member of {name}";
                continue;
            }

            seen.Add($"{name}.{key}");
            foreach (var problem in Check(member, value, $"{place}.{key}"))
                yield return problem;
        }
    }

    private static IEnumerable<string> Range(JsonElement shape, long number, string place)
    {
        if (ShapeTable.Bound(shape, "min") is { } least && number < least)
            yield return $"{place} is {number}, less than {least}";
        if (ShapeTable.Bound(shape, "max") is { } most && number > most)
            yield return $"{place} is {number}, more than {most}";
    }

    private static IEnumerable<string> Text(string name, string text, string place)
    {
        if (NotChecked.Contains(name))
            yield break;

        // Real responses deviate from the table: operation ids have no dashes, and this status is in lower case.
        text = name switch
        {
            "UUID" when Guid.TryParseExact(text, "N", out var id) => id.ToString("D"),
            "AutoScalingConfigurationStatus" => text.ToUpperInvariant(),
            _ => text,
        };
        var shape = ShapeTable.Shape(name);
        if (ShapeTable.Bound(shape, "min") is { } shortest && text.Length < shortest)
            yield return $"{place} is shorter than {shortest}";
        if (ShapeTable.Bound(shape, "max") is { } longest && text.Length > longest)
            yield return $"{place} is longer than {longest}";
        if (ShapeTable.ValuesOf(shape) is { } known && !known.Contains(text))
            yield return $"{place} has a value that the API does not know: {text}";
        if (shape.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, $@"\A(?:{pattern.GetString()})\z", RegexOptions.Singleline))
            yield return $"{place} does not have the form {pattern.GetString()}: {text}";
    }
}
