using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AppRunner.Model.Json;

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
