using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>The simple ones of CloudWatch's filter patterns: words and quoted phrases that a line must all hold, in their case.</summary>
internal static class LogFilter
{
    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern; null or empty lets everything pass.</param>
    /// <returns>Whether a line passes.</returns>
    /// <exception cref="InvalidRequestException">The pattern is of a kind that is not known here, or malformed.</exception>
    public static Func<string, bool> Read(string? pattern)
    {
        var phrases = Phrases(pattern ?? string.Empty).ToArray();
        return line => phrases.All(phrase => line.Contains(phrase, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Phrases(string pattern)
    {
        for (var at = 0; at < pattern.Length; at++)
        {
            if (char.IsWhiteSpace(pattern[at]))
                continue;
            var phrase = new StringBuilder();
            if (pattern[at] == '"')
            {
                for (at++; at < pattern.Length && pattern[at] != '"'; at++)
                {
                    if (pattern[at] == '\\' && at + 1 < pattern.Length)
                        at++;
                    phrase.Append(pattern[at]);
                }

                if (at == pattern.Length)
                    throw new InvalidRequestException("filterPattern: a quotation mark is not closed.");
            }
            else
            {
                for (; at < pattern.Length && !char.IsWhiteSpace(pattern[at]); at++)
                {
                    if (!char.IsLetterOrDigit(pattern[at]) && pattern[at] != '_')
                        throw new InvalidRequestException("filterPattern: the local endpoint knows words of letters, digits and _, and phrases in quotation marks, all of which a line must hold; no ?, -, %, {} or [].");
                    phrase.Append(pattern[at]);
                }
            }

            if (phrase.Length > 0)
                yield return phrase.ToString();
        }
    }
}
