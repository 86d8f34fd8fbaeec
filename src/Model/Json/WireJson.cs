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
/// Serializes and deserializes every shape (awsJson1.0), for client and local endpoint: members named as in the API, absent where null,
/// times as epoch seconds. Unknown members are skipped. Times of responses are read as local time, those of requests in UTC.
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
    /// <exception cref="JsonException">The JSON is malformed or does not match the shape; Path has the position.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class => JsonSerializer.Deserialize<T>(json, Plain) ?? throw new JsonException("The JSON document is null.");

    /// <summary>Reads a request or a part of one; absent collections stay null.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="type">The shape.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="JsonException">The JSON is malformed or does not match the shape; Path has the position.</exception>
    public static object Read(ReadOnlySpan<byte> json, Type type) =>
        JsonSerializer.Deserialize(json, type, Plain) ?? throw new JsonException("The JSON document is null.");

    /// <summary>
    /// Reads a response. Absent collections become empty, so that no output has a null collection, and known values get the API's
    /// spelling. A null in a collection is refused: the API has none, and no reader of a list expects one.
    /// </summary>
    /// <typeparam name="T">The response shape.</typeparam>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The response.</returns>
    /// <exception cref="JsonException">The JSON is malformed, does not match the shape, or has a null in a collection.</exception>
    public static T ReadResponse<T>(ReadOnlySpan<byte> json)
        where T : class => JsonSerializer.Deserialize<T>(json, Responses) ?? throw new JsonException("The JSON document is null.");

    /// <summary>A deep copy. Members that are not serialized are not copied.</summary>
    /// <typeparam name="T">The shape.</typeparam>
    /// <param name="shape">The original; may be null.</param>
    /// <returns>The copy.</returns>
    public static T? Clone<T>(T? shape)
        where T : class => shape is null ? null : (T)Read(Write(shape), shape.GetType());

    /// <summary>Writes a request and reads a response, so that the serializer is compiled before the first real one.</summary>
    public static void Rehearse()
    {
        Write(new ListServicesRequest { MaxResults = 1 });
        ReadResponse<ListServicesResponse>("""{"ServiceSummaryList":[{"ServiceName":"name","CreatedAt":1.5}],"NextToken":"token"}"""u8);
    }

    private static JsonSerializerOptions Make(bool forResponses)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        if (forResponses)
        {
            resolver.Modifiers.Add(FillCollections);
            resolver.Modifiers.Add(NormalizeKnownValues);
        }

        return new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

            // The output is never part of HTML: < and ' need no escaping.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = resolver,
            Converters = { new EpochSecondsConverter(asLocal: forResponses) },
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
                switch (property.GetValue(shape))
                {
                    case null:
                        property.SetValue(shape, Activator.CreateInstance(property.PropertyType));
                        break;
                    case IDictionary map when map.Values.Cast<object?>().Contains(null):
                    case IList list when list.Contains(null):
                        throw new NullInCollectionException(property.Name);
                }
            }
        };
    }

    // The service deviates from its own documentation: it returns the statuses of custom domains in lower case.
    private static void NormalizeKnownValues(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is not { } set || property.AttributeProvider?.GetCustomAttributes(typeof(OneOfAttribute), inherit: true) is not [OneOfAttribute known])
                continue;
            property.Set = (shape, value) => set(shape, value is string text ? known.Normalize(text) : value);
        }
    }
}

/// <summary>A list or map of a response contains null.</summary>
/// <param name="member">The member.</param>
internal sealed class NullInCollectionException(string member) : JsonException($"{member} contains null.")
{
}

/// <summary>Times in the API's format: seconds since 1970 in UTC, with fractions.</summary>
/// <param name="asLocal">Whether times are read as local time, which PowerShell compares correctly with Get-Date; otherwise in UTC.</param>
internal sealed class EpochSecondsConverter(bool asLocal) : JsonConverter<DateTime>
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // The range of DateTime, relative to the epoch.
    private static readonly decimal Earliest = (DateTime.MinValue.Ticks - Epoch.Ticks) / (decimal)TimeSpan.TicksPerSecond;
    private static readonly decimal Latest = (DateTime.MaxValue.Ticks - Epoch.Ticks) / (decimal)TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var seconds) && seconds >= Earliest && seconds <= Latest)
        {
            var time = Epoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
            return asLocal ? time.ToLocalTime() : time;
        }

        throw new JsonException("A time must be a number of seconds since 1970.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        // The service sends milliseconds.
        var ticks = value.ToUniversalTime().Ticks - Epoch.Ticks;
        writer.WriteNumberValue(Math.Floor(ticks / (decimal)TimeSpan.TicksPerMillisecond) / 1000m);
    }
}
