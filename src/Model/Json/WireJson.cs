using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Json;

/// <summary>
/// The wire form of every shape, both ways and on both sides (awsJson1.0): members named as in the API, absent where null,
/// times as epoch seconds. Unknown members are skipped.
/// </summary>
public static class WireJson
{
    private static readonly JsonSerializerOptions Plain = Make(answers: false, indented: false);
    private static readonly JsonSerializerOptions Indented = Make(answers: false, indented: true);
    private static readonly JsonSerializerOptions Answers = Make(answers: true, indented: false);

    /// <summary>The wire form.</summary>
    /// <param name="shape">A request, response or part of one.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(object shape) => JsonSerializer.SerializeToUtf8Bytes(shape, shape.GetType(), Plain);

    /// <summary>The wire form for people to read.</summary>
    /// <param name="shape">A request, response or part of one.</param>
    /// <returns>Indented JSON.</returns>
    public static string WriteText(object shape) => JsonSerializer.Serialize(shape, shape.GetType(), Indented);

    /// <summary>The wire form for people to read, every sensitive member replaced by stars.</summary>
    /// <param name="shape">A request, response or part of one.</param>
    /// <returns>Indented JSON without secrets.</returns>
    public static string WriteMasked(object shape)
    {
        var node = JsonSerializer.SerializeToNode(shape, shape.GetType(), Plain)!;
        Mask(shape, node);
        return node.ToJsonString(Indented);
    }

    /// <summary>Reads a request or a part of one; absent collections stay null.</summary>
    /// <typeparam name="T">The shape.</typeparam>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="JsonException">The JSON is malformed or has another form; its Path says where.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class => JsonSerializer.Deserialize<T>(json, Plain) ?? throw new JsonException("The JSON document is null.");

    /// <summary>Reads a request or a part of one; absent collections stay null.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="type">The shape.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="JsonException">The JSON is malformed or has another form; its Path says where.</exception>
    public static object Read(ReadOnlySpan<byte> json, Type type) =>
        JsonSerializer.Deserialize(json, type, Plain) ?? throw new JsonException("The JSON document is null.");

    /// <summary>Reads an answer; absent collections become empty ones, so that an output never holds a null collection, and known values get the API's spelling.</summary>
    /// <typeparam name="T">The response shape.</typeparam>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The response.</returns>
    /// <exception cref="JsonException">The JSON is malformed or has another form.</exception>
    public static async Task<T> ReadResponseAsync<T>(Stream json, CancellationToken cancellationToken)
        where T : class =>
        await JsonSerializer.DeserializeAsync<T>(json, Answers, cancellationToken).ConfigureAwait(false) ?? throw new JsonException("The JSON document is null.");

    /// <summary>Reads an answer from memory, as <see cref="ReadResponseAsync"/> does.</summary>
    /// <typeparam name="T">The response shape.</typeparam>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The response.</returns>
    /// <exception cref="JsonException">The JSON is malformed or has another form.</exception>
    public static T ReadResponse<T>(ReadOnlySpan<byte> json)
        where T : class => JsonSerializer.Deserialize<T>(json, Answers) ?? throw new JsonException("The JSON document is null.");

    /// <summary>A copy that shares nothing with the original. Members that do not go over the wire are left behind.</summary>
    /// <typeparam name="T">The shape.</typeparam>
    /// <param name="shape">The original; null gives null.</param>
    /// <returns>The copy.</returns>
    public static T? Clone<T>(T? shape)
        where T : class => shape is null ? null : Read<T>(Write(shape));

    private static JsonSerializerOptions Make(bool answers, bool indented)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        if (answers)
        {
            resolver.Modifiers.Add(FillCollections);
            resolver.Modifiers.Add(SpellKnownValues);
        }

        return new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            WriteIndented = indented,

            // The text goes to a service or a terminal, never into HTML: < and ' stay legible.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = resolver,
            Converters = { new EpochSecondsConverter() },
        };
    }

    private static void FillCollections(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var collections = type.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.PropertyType != typeof(string) && typeof(ICollection).IsAssignableFrom(p.PropertyType))
            .ToArray();
        if (collections.Length == 0)
            return;
        type.OnDeserialized = shape =>
        {
            foreach (var property in collections)
            {
                if (property.GetValue(shape) is null)
                    property.SetValue(shape, Activator.CreateInstance(property.PropertyType));
            }
        };
    }

    // The service does not keep to its own spelling: it answers the statuses of custom domains in small letters.
    private static void SpellKnownValues(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is not { } set || property.AttributeProvider?.GetCustomAttributes(typeof(OneOfAttribute), inherit: true) is not [OneOfAttribute known])
                continue;
            property.Set = (shape, value) => set(shape, value is string text ? known.Normalize(text) : value);
        }
    }

    private static void Mask(object shape, JsonNode node)
    {
        foreach (var member in RequestRules.WireMembers(shape.GetType()))
        {
            var value = member.GetValue(shape);
            if (value is null || node is not JsonObject json)
                continue;
            if (member.GetCustomAttribute<SensitiveAttribute>() is not null)
            {
                json[member.Name] = value is ICollection map ? $"***** ({map.Count} hidden)" : "*****";
            }
            else if (value is IEnumerable list and not string and not IDictionary)
            {
                var index = 0;
                foreach (var entry in list)
                {
                    if (entry is not null && RequestRules.IsShape(entry.GetType()))
                        Mask(entry, json[member.Name]![index]!);
                    index++;
                }
            }
            else if (RequestRules.IsShape(value.GetType()))
            {
                Mask(value, json[member.Name]!);
            }
        }
    }
}
