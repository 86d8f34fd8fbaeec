using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Binding;

/// <summary>Parses wildcard patterns.</summary>
internal static class Wildcards
{
    /// <summary>Parses a wildcard pattern.</summary>
    /// <param name="text">The text that the user gave.</param>
    /// <param name="ignoreCase">Whether matching ignores case.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="InvalidParameterException">It is malformed.</exception>
    public static WildcardPattern Parse(string text, bool ignoreCase = true)
    {
        try
        {
            // An unclosed bracket is only detected by a match.
            var pattern = new WildcardPattern(text, WildcardOptions.CultureInvariant | (ignoreCase ? WildcardOptions.IgnoreCase : WildcardOptions.None));
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException malformed)
        {
            throw new InvalidParameterException($"'{text}' is not a valid wildcard pattern: {malformed.Message}", malformed);
        }
    }
}
