using System;
using System.Collections;
using System.Linq;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Json;

/// <summary>
/// The wire form of every shape, both ways and on both sides (awsJson1.0): members named as in the API, absent where null,
/// times as epoch seconds. Unknown members are skipped.
/// </summary>
internal static class WireJson
{
    internal static readonly JsonSerializerOptions Plain = Make(forResponses: false);
    private static readonly JsonSerializerOptions Responses = Make(forResponses: true);

    /// <summary>The wire form.</summary>
    /// <param name="shape">A request, response or part of one.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(object shape) => JsonSerializer.SerializeToUtf8Bytes(shape, shape.GetType(), Plain);

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

    /// <summary>
    /// Reads a response. Absent collections become empty ones, so that an output never holds a null collection, and known values get the API's
    /// spelling.
    /// </summary>
    /// <typeparam name="T">The response shape.</typeparam>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The response.</returns>
    /// <exception cref="JsonException">The JSON is malformed or has another form.</exception>
    public static T ReadResponse<T>(ReadOnlySpan<byte> json)
        where T : class => JsonSerializer.Deserialize<T>(json, Responses) ?? throw new JsonException("The JSON document is null.");

    /// <summary>A copy that shares nothing with the original. Members that do not go over the wire are left behind.</summary>
    /// <typeparam name="T">The shape.</typeparam>
    /// <param name="shape">The original; null gives null.</param>
    /// <returns>The copy.</returns>
    public static T? Clone<T>(T? shape)
        where T : class => shape is null ? null : Read<T>(Write(shape));

    private static JsonSerializerOptions Make(bool forResponses)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        if (forResponses)
        {
            resolver.Modifiers.Add(FillCollections);
            resolver.Modifiers.Add(SpellKnownValues);
        }

        return new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

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
}

/// <summary>Times as the API carries them: seconds since 1970 in UTC, with fractions.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTime>
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // What DateTime can hold, seen from the epoch.
    private static readonly decimal Earliest = (DateTime.MinValue.Ticks - Epoch.Ticks) / (decimal)TimeSpan.TicksPerSecond;
    private static readonly decimal Latest = (DateTime.MaxValue.Ticks - Epoch.Ticks) / (decimal)TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var seconds) && seconds >= Earliest && seconds <= Latest)
            return Epoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        throw new JsonException("A time must be a number of seconds since 1970.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        // Milliseconds, as the service sends.
        var ticks = value.ToUniversalTime().Ticks - Epoch.Ticks;
        writer.WriteNumberValue(Math.Floor(ticks / (decimal)TimeSpan.TicksPerMillisecond) / 1000m);
    }
}
