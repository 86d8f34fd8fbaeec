using System;
using System.Collections.Generic;
using System.Text.Json;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The values of secrets and parameters, which were given when the endpoint was started. No message contains them.</summary>
/// <param name="values">The values by ARN or name.</param>
internal sealed class SecretValues(IEnumerable<KeyValuePair<string, string>> values)
{
    private const string Parameter = ":parameter/";
    private const string Secret = ":secret:";

    private readonly Dictionary<string, string> values = new(values, StringComparer.Ordinal);

    /// <summary>Resolves the references of a service.</summary>
    /// <param name="references">The references, by variable name.</param>
    /// <exception cref="DeploymentException">A value was not given.</exception>
    public Dictionary<string, string> Resolve(IEnumerable<KeyValuePair<string, string>>? references)
    {
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, reference) in references ?? [])
            resolved[name] = Find(reference) ?? throw Missing(name, reference);
        return resolved;
    }

    private string? Find(string reference)
    {
        if (values.TryGetValue(reference, out var value))
            return value;
        if (!reference.StartsWith("arn:", StringComparison.Ordinal))
            return values.GetValueOrDefault("/" + reference) ?? (reference.StartsWith('/') ? values.GetValueOrDefault(reference[1..]) : null);
        if (After(reference, Parameter) is { } parameter)
            return values.GetValueOrDefault(parameter) ?? values.GetValueOrDefault("/" + parameter);
        if (After(reference, Secret) is not { } secret)
            return null;

        // NAME-RANDOM, or NAME-RANDOM:JSON-KEY:STAGE:VERSION for one member of a JSON secret.
        var parts = secret.Split(':');
        var whole = values.GetValueOrDefault(reference[..(reference.Length - secret.Length + parts[0].Length)]) ?? values.GetValueOrDefault(parts[0]);
        if (whole is null && parts[0].LastIndexOf('-') is > 0 and var dash)
            whole = values.GetValueOrDefault(parts[0][..dash]);
        return whole is null || parts.Length < 2 || parts[1].Length == 0 ? whole : Member(whole, parts[1]);
    }

    private static string? After(string text, string separator) => text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? text[(at + separator.Length)..] : null;

    private static string? Member(string json, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(key, out var member)
                ? member.ValueKind == JsonValueKind.String ? member.GetString() : member.GetRawText()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A reference that is not an ARN may be the secret itself, entered by mistake: do not show it.
    private static DeploymentException Missing(string name, string reference) =>
        new($"The local endpoint has no value for the secret of the variable \"{name}\"{(reference.StartsWith("arn:", StringComparison.Ordinal) ? $" ({reference})" : string.Empty)}. Start the endpoint with -Secret @{{ 'ARN or parameter name' = 'value' }}.");
}
