using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppRunner.Shell.Cmdlets;

/// <summary>Objects to JSON and back, with pwsh's rules: a depth limit, dates recognised, whole numbers as long.</summary>
internal static class JsonText
{
    /// <param name="value">What to write.</param>
    /// <param name="depth">Levels below the first that are written; what lies deeper becomes a string.</param>
    /// <param name="compress">All on one line.</param>
    /// <param name="enumsAsStrings">Names in place of numbers.</param>
    /// <param name="truncated">Whether something lay deeper.</param>
    public static string Write(object? value, int depth, bool compress, bool enumsAsStrings, out bool truncated)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = !compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            var writer = new Writer(json, enumsAsStrings);
            writer.Write(value, depth);
            truncated = writer.Truncated;
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static object? Read(string text, int depth, bool asHashtable)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = depth };
        using var document = JsonDocument.Parse(text, options);
        return Read(document.RootElement, asHashtable);
    }

    private static object? Read(JsonElement element, bool asHashtable) => element.ValueKind switch
    {
        JsonValueKind.Object => asHashtable ? ReadHashtable(element) : ReadObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(item => Read(item, asHashtable)).ToArray(),
        JsonValueKind.String => ReadString(element.GetString()!),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ReadObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (var member in element.EnumerateObject())
        {
            result.Properties.Remove(member.Name);
            result.Properties.Add(new PSNoteProperty(member.Name, Read(member.Value, asHashtable: false)));
        }

        return result;
    }

    private static Hashtable ReadHashtable(JsonElement element)
    {
        var result = new Hashtable(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            result[member.Name] = Read(member.Value, asHashtable: true);
        return result;
    }

    private static object ReadString(string text) =>
        text.Length >= 19 && text[4] == '-' && text[10] == 'T'
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date)
            ? date
            : text;

    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
            return whole;
        var text = element.GetRawText();
        return text.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? System.Numerics.BigInteger.Parse(text, CultureInfo.InvariantCulture)
            : element.GetDouble();
    }

    private sealed class Writer(Utf8JsonWriter json, bool enumsAsStrings)
    {
        public bool Truncated { get; private set; }

        public void Write(object? value, int depth)
        {
            var wrapped = value as PSObject;
            var plain = wrapped?.BaseObject ?? value;
            if (plain is null or DBNull || value == System.Management.Automation.Internal.AutomationNull.Value)
                json.WriteNullValue();
            else if (!WriteScalar(plain))
                WriteStructure(plain, wrapped, depth);
        }

        private bool WriteScalar(object plain)
        {
            switch (plain)
            {
                case string or char or Guid or Uri or Version:
                    json.WriteStringValue(plain.ToString());
                    return true;
                case bool truth:
                    json.WriteBooleanValue(truth);
                    return true;
                case SwitchParameter present:
                    json.WriteBooleanValue(present);
                    return true;
                case DateTime date:
                    json.WriteStringValue(date);
                    return true;
                case DateTimeOffset date:
                    json.WriteStringValue(date);
                    return true;
                case Enum named when enumsAsStrings:
                    json.WriteStringValue(named.ToString());
                    return true;
                case Enum numbered:
                    json.WriteNumberValue(Convert.ToDecimal(numbered, CultureInfo.InvariantCulture));
                    return true;
                case double number:
                    WriteReal(number);
                    return true;
                case float number:
                    WriteReal(number);
                    return true;
                case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                    json.WriteNumberValue(Convert.ToDecimal(plain, CultureInfo.InvariantCulture));
                    return true;
                case System.Numerics.BigInteger number:
                    json.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                    return true;
                default:
                    return false;
            }
        }

        private void WriteReal(double number)
        {
            if (!double.IsFinite(number))
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
            else if (double.IsInteger(number) && Math.Abs(number) < 1e15)
                // A decimal keeps the ".0" that tells a real number from a whole one.
                json.WriteNumberValue((decimal)number * 1.0m);
            else
                json.WriteNumberValue(number);
        }

        private void WriteStructure(object plain, PSObject? wrapped, int depth)
        {
            if (depth < 0)
            {
                Truncated = true;
                json.WriteStringValue(LanguagePrimitives.ConvertTo<string>(plain));
                return;
            }

            switch (plain)
            {
                case IDictionary table:
                    WriteMembers(table.Keys.Cast<object>().Select(key => (LanguagePrimitives.ConvertTo<string>(key), (Func<object?>)(() => table[key]))), depth);
                    break;
                case IEnumerable many:
                    json.WriteStartArray();
                    foreach (var item in many)
                        Write(item, depth - 1);
                    json.WriteEndArray();
                    break;
                default:
                    var properties = (wrapped ?? PSObject.AsPSObject(plain)).Properties;
                    WriteMembers(properties.Where(property => property.IsGettable).Select(property => (property.Name, (Func<object?>)(() => property.Value))), depth);
                    break;
            }
        }

        private void WriteMembers(IEnumerable<(string Name, Func<object?> Get)> members, int depth)
        {
            json.WriteStartObject();
            foreach (var (name, get) in members)
            {
                object? value;
                try
                {
                    value = get();
                }
                catch (GetValueException)
                {
                    // A getter that fails is null in pwsh's JSON, too.
                    value = null;
                }

                json.WritePropertyName(name);
                Write(value, depth - 1);
            }

            json.WriteEndObject();
        }
    }
}
