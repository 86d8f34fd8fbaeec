using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace AppRunner.Tests.Shared;

/// <summary>
/// App Runner's API as AWS publishes it: shapes and constraints without documentation (api-shapes.json). Tests compare with it. It also
/// has the supported operations of CloudWatch Logs (logs-shapes.json), whose shapes have the prefix Logs if App Runner has one of that name.
/// </summary>
internal static class ShapeTable
{
    private static readonly JsonElement Api = Read("api-shapes.json");
    private static readonly JsonElement Logs = Read("logs-shapes.json");

    /// <summary>The names of all operations.</summary>
    public static IReadOnlyList<string> Operations { get; } = [.. Api.GetProperty("operations").EnumerateObject().Select(operation => operation.Name)];

    /// <summary>The names of the operations of CloudWatch Logs.</summary>
    public static IReadOnlyList<string> LogsOperations { get; } = [.. Logs.GetProperty("operations").EnumerateObject().Select(operation => operation.Name)];

    /// <summary>The names of all structures, without the exceptions.</summary>
    public static IReadOnlyList<string> Structures { get; } = [.. Names(shape => TypeOf(shape) == "structure" && !IsException(shape))];

    /// <summary>The names of all exceptions.</summary>
    public static IReadOnlyList<string> Exceptions { get; } = [.. Names(IsException)];

    /// <summary>The names of all enumerations.</summary>
    public static IReadOnlyList<string> Enumerations { get; } = [.. Names(shape => shape.TryGetProperty("enum", out _))];

    /// <summary>An operation's input, output and errors.</summary>
    public static JsonElement Operation(string name) => Find("operations", name);

    /// <summary>The name of the shape of an operation's input.</summary>
    public static string InputOf(string operation) => Target(Operation(operation).GetProperty("input"));

    /// <summary>The name of the shape of an operation's output.</summary>
    public static string OutputOf(string operation) => Target(Operation(operation).GetProperty("output"));

    /// <summary>The names of the errors that an operation declares.</summary>
    public static IReadOnlyList<string> ErrorsOf(string operation) => [.. Operation(operation).GetProperty("errors").EnumerateArray().Select(Target)];

    /// <summary>A shape.</summary>
    public static JsonElement Shape(string name) => Find("shapes", name);

    /// <summary>A shape's type: structure, list, map, string, integer, long, boolean or timestamp.</summary>
    public static string TypeOf(JsonElement shape) => shape.GetProperty("type").GetString()!;

    /// <summary>The members of a structure, each with the name of its shape.</summary>
    public static IReadOnlyDictionary<string, string> MembersOf(string structure) =>
        Shape(structure).GetProperty("members").EnumerateObject().ToDictionary(member => member.Name, member => Target(member.Value));

    /// <summary>The required members of a structure.</summary>
    public static IReadOnlyList<string> RequiredOf(string structure) =>
        Shape(structure).TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(member => member.GetString()!)] : [];

    /// <summary>The name of the shape of a list's entries.</summary>
    public static string EntryOf(JsonElement list) => Target(list.GetProperty("member"));

    /// <summary>The shape name of a reference.</summary>
    public static string Target(JsonElement reference) => reference.GetProperty("shape").GetString()!;

    /// <summary>An integer constraint such as <c>min</c>; null where the shape has none.</summary>
    public static int? Bound(JsonElement shape, string name) => shape.TryGetProperty(name, out var bound) ? bound.GetInt32() : null;

    /// <summary>The known values of an enumeration; null for any other shape.</summary>
    public static string[]? ValuesOf(JsonElement shape) => shape.TryGetProperty("enum", out var known) ? [.. known.EnumerateArray().Select(value => value.GetString()!)] : null;

    /// <summary>All shapes that a shape refers to, itself included.</summary>
    public static IReadOnlySet<string> ReachableFrom(string name)
    {
        var reached = new HashSet<string>();
        Reach(name, reached);
        return reached;
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shared", file))).RootElement;

    private static JsonElement Find(string kind, string name) => Api.GetProperty(kind).TryGetProperty(name, out var found) ? found : Logs.GetProperty(kind).GetProperty(name);

    private static void Reach(string name, HashSet<string> reached)
    {
        if (!reached.Add(name))
            return;
        var shape = Shape(name);
        foreach (var next in TypeOf(shape) switch
        {
            "structure" => MembersOf(name).Values,
            "list" => [EntryOf(shape)],
            "map" => [Target(shape.GetProperty("key")), Target(shape.GetProperty("value"))],
            _ => Array.Empty<string>().AsEnumerable(),
        })
        {
            Reach(next, reached);
        }
    }

    private static IEnumerable<string> Names(Func<JsonElement, bool> which) => Api.GetProperty("shapes").EnumerateObject().Where(shape => which(shape.Value)).Select(shape => shape.Name);

    private static bool IsException(JsonElement shape) => shape.TryGetProperty("exception", out _);
}
