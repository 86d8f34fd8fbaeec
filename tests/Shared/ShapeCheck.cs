using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AppRunner.Tests.Shared;

/// <summary>Validates JSON with the API's shapes: known members, types, limits and required members.</summary>
/// <param name="isTime">Whether a value is a time; null accepts the wire format, seconds.</param>
internal sealed class ShapeCheck(Func<JsonNode, bool>? isTime = null)
{
    // The shapes are contradictory: 32 characters, and a pattern of 36.
    private static readonly HashSet<string> NotHeld = ["ServiceId"];

    private readonly HashSet<string> seen = [];

    /// <summary>All members that were found, such as <c>Service.Status</c>.</summary>
    public IReadOnlySet<string> Seen => seen;

    /// <summary>Validates a value and returns the problems.</summary>
    /// <param name="shape">The shape's name.</param>
    /// <param name="value">The value.</param>
    public IReadOnlyList<string> Problems(string shape, JsonNode? value) => Check(shape, value, shape).ToArray();

    private IEnumerable<string> Check(string name, JsonNode? value, string path)
    {
        if (value is null)
            return [$"{path} is null"];
        var shape = ShapeTable.Shape(name);
        return ShapeTable.TypeOf(shape) switch
        {
            "structure" when value is JsonObject structure => Structure(name, structure, path),
            "list" when value is JsonArray list => list.SelectMany((item, i) => Check(ShapeTable.EntryOf(shape), item, $"{path}[{i}]")),
            "map" when value is JsonObject map => map.SelectMany(pair =>
                Text(ShapeTable.Target(shape.GetProperty("key")), pair.Key, path + " (key)").Concat(Check(ShapeTable.Target(shape.GetProperty("value")), pair.Value, $"{path}.{pair.Key}"))),
            "timestamp" when isTime?.Invoke(value) ?? value.GetValueKind() == JsonValueKind.Number => [],
            "boolean" when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => [],
            "integer" when value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<int>(out var number) => Range(shape, number, path),
            "long" when value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<long>(out var number) => Range(shape, number, path),
            "string" when value.GetValueKind() == JsonValueKind.String => Text(name, value.GetValue<string>(), path),
            var type => [$"{path} is not of type {type}: {value.ToJsonString()}"],
        };
    }

    private IEnumerable<string> Structure(string name, JsonObject structure, string path)
    {
        foreach (var missing in ShapeTable.RequiredOf(name).Where(member => !structure.ContainsKey(member)))
            yield return $"{path}.{missing} is missing";
        var members = ShapeTable.MembersOf(name);
        foreach (var (key, value) in structure)
        {
            if (!members.TryGetValue(key, out var member))
            {
                yield return $"{path}.{key} is not a member of {name}";
                continue;
            }

            seen.Add($"{name}.{key}");
            foreach (var problem in Check(member, value, $"{path}.{key}"))
                yield return problem;
        }
    }

    private static IEnumerable<string> Range(JsonElement shape, long number, string path)
    {
        if (ShapeTable.Bound(shape, "min") is { } least && number < least)
            yield return $"{path} is {number}, less than {least}";
        if (ShapeTable.Bound(shape, "max") is { } most && number > most)
            yield return $"{path} is {number}, more than {most}";
    }

    private static IEnumerable<string> Text(string name, string text, string path)
    {
        if (NotHeld.Contains(name))
            yield break;
        var shape = ShapeTable.Shape(name);
        if (ShapeTable.Bound(shape, "min") is { } shortest && text.Length < shortest)
            yield return $"{path} is shorter than {shortest}";
        if (ShapeTable.Bound(shape, "max") is { } longest && text.Length > longest)
            yield return $"{path} is longer than {longest}";
        if (ShapeTable.ValuesOf(shape) is { } known && !known.Contains(text))
            yield return $"{path} has a value that the API does not know: {text}";
        if (shape.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, $@"\A(?:{pattern.GetString()})\z", RegexOptions.Singleline))
            yield return $"{path} does not have the form {pattern.GetString()}: {text}";
    }
}
