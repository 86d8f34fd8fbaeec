using System;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.Model.Rules;

/// <summary>Finds the known name nearest to a misspelled one, for "Did you mean".</summary>
internal static class Suggestions
{
    /// <summary>The candidate nearest to a word, or null if none is near enough.</summary>
    /// <param name="word">The word as written.</param>
    /// <param name="candidates">The known names.</param>
    /// <returns>The nearest candidate within a third of the word's length, ignoring case; else null.</returns>
    public static string? Nearest(string word, IEnumerable<string> candidates) =>
        Near(word, candidates).Select(pair => pair.Candidate).FirstOrDefault();

    /// <summary>The candidates near a word, the nearest first.</summary>
    /// <param name="word">The word as written.</param>
    /// <param name="candidates">The known names.</param>
    /// <returns>The candidates that are near enough, and how many edits they are away.</returns>
    public static IEnumerable<(string Candidate, int Distance)> Near(string word, IEnumerable<string> candidates)
    {
        // The cost grows with the length of the input, which is not limited elsewhere.
        if (word.Length is 0 or > 100)
            return [];
        var limit = Math.Max(1, word.Length / 3);
        return candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.Distance <= limit || IsPart(word, pair.Candidate))
            .OrderBy(pair => pair.Distance);
    }

    /// <summary>The sentence that offers the nearest known name, to be appended to a sentence.</summary>
    /// <param name="nearest">The name; null if none is near.</param>
    /// <returns><c> Did you mean "X"?</c> with the leading space; empty if no name is near.</returns>
    public static string Question(string? nearest) => nearest is null ? string.Empty : $" Did you mean \"{nearest}\"?";

    private static bool IsPart(string word, string candidate) =>
        word.Length >= 4 && candidate.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    // Optimal string alignment distance: two swapped characters count as one edit, because that is one typing error.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }
}
