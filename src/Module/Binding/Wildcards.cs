using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Binding;

/// <summary>Patterns that users type.</summary>
internal static class Wildcards
{
    /// <summary>The pattern of a text.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="InvalidParameterException">It is malformed.</exception>
    public static WildcardPattern Parse(string text, bool ignoreCase = true)
    {
        try
        {
            // Only a match shows that a bracket was never closed.
            var pattern = new WildcardPattern(text, WildcardOptions.CultureInvariant | (ignoreCase ? WildcardOptions.IgnoreCase : WildcardOptions.None));
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException malformed)
        {
            throw new InvalidParameterException($"'{text}' is no pattern: {malformed.Message}", malformed);
        }
    }
}
