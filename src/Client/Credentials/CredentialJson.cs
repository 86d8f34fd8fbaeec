using System;
using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>Reads the JSON of a credential_process or of the credentials endpoint of a container.</summary>
internal static class CredentialJson
{
    /// <summary>Reads credentials.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="subject">Where it comes from: the start of the messages, which contain nothing of the JSON.</param>
    /// <param name="tokenName">The member with the session token.</param>
    /// <param name="requiresVersion">Whether the member Version must be 1.</param>
    /// <returns>The credentials, and when they expire.</returns>
    /// <exception cref="LookupException">The JSON is malformed.</exception>
    public static RefreshingAWSCredentials.CredentialsRefreshState Read(string json, string subject, string tokenName, bool requiresVersion)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Failed("something that is not valid JSON");
        }

        if (root.ValueKind != JsonValueKind.Object)
            throw Failed("JSON that is not an object");
        if (requiresVersion && !root.TryGetProperty("Version", out _))
            throw Failed("no Version");
        if (requiresVersion && root.GetProperty("Version") is var version && (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1))
            throw Failed("a Version that is not 1");
        var (access, secret, token) = (Text("AccessKeyId"), Text("SecretAccessKey"), Text(tokenName));
        if (access is null || secret is null)
            throw Failed(access is null ? "no AccessKeyId" : "no SecretAccessKey");
        if (KeyText.ProblemOf(access, secret, token) is { } problem)
            throw new LookupException(problem);
        var end = DateTime.MaxValue;
        if (Text("Expiration") is { } expiration && !DateTime.TryParse(expiration, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out end))
            throw Failed("an Expiration that is not an ISO 8601 time");
        return new RefreshingAWSCredentials.CredentialsRefreshState(new ImmutableCredentials(access, secret, token, Text("AccountId")), DateTime.SpecifyKind(end, DateTimeKind.Utc));

        LookupException Failed(string what) => new($"{subject} {what}.");

        string? Text(string name)
        {
            if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                return null;
            try
            {
                return value.ValueKind == JsonValueKind.String ? EnvironmentText.OrNull(value.GetString()) : throw Failed($"a value of {name} that is not text");
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair.
                throw Failed($"a value of {name} that is not text");
            }
        }
    }
}
