using System;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.LocalEndpoint.Signing;

/// <summary>The Authorization header of Signature Version 4, taken apart.</summary>
internal sealed record AuthorizationHeader(string AccessKey, CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature)
{
    /// <summary>Takes a header apart.</summary>
    /// <returns>Null where it has not the form; <paramref name="lack"/> then says what is missing.</returns>
    public static AuthorizationHeader? Parse(string header, out string lack)
    {
        lack = string.Empty;
        if (!header.StartsWith(SignatureV4.Algorithm + " ", StringComparison.Ordinal))
        {
            lack = $"Authorization header requires the algorithm {SignatureV4.Algorithm}.";
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[(SignatureV4.Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || !parts.TryAdd(part[..cut], part[(cut + 1)..]))
            {
                lack = "Authorization header is malformed.";
                return null;
            }
        }

        foreach (var name in new[] { "Credential", "SignedHeaders", "Signature" })
        {
            if (!parts.TryGetValue(name, out var value) || value.Length == 0)
            {
                lack = $"Authorization header requires '{name}' parameter.";
                return null;
            }
        }

        var credential = parts["Credential"].Split('/');
        if (credential.Length != 5 || credential[4] != CredentialScope.Terminator || credential.Any(piece => piece.Length == 0))
        {
            lack = "Credential must have the form KEY/DATE/REGION/SERVICE/" + CredentialScope.Terminator + ".";
            return null;
        }

        return new AuthorizationHeader(
            credential[0],
            new CredentialScope(credential[1], credential[2], credential[3]),
            parts["SignedHeaders"].Split(';'),
            parts["Signature"]);
    }
}
