using System.Linq;

namespace AppRunner.Model;

/// <summary>
/// Checks keys and tokens before they are used. They become HTTP headers: a line break in one would start another header, and other
/// characters are refused by HTTP clients as if the network had failed.
/// </summary>
internal static class KeyText
{
    /// <summary>Checks keys.</summary>
    /// <param name="accessKey">The access key id.</param>
    /// <param name="secretKey">The secret access key.</param>
    /// <param name="sessionToken">The session token; null or empty if there is none.</param>
    /// <returns>Why the keys cannot be used, as a sentence without a key; null if they can.</returns>
    public static string? ProblemOf(string? accessKey, string? secretKey, string? sessionToken) =>
        ProblemOf("access key id", accessKey, required: true) ?? ProblemOf("secret access key", secretKey, required: true) ?? ProblemOf("session token", sessionToken, required: false);

    /// <summary>Whether a text can be the value of an HTTP header.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False if it has a control character or a character that is not ASCII.</returns>
    public static bool IsHeaderValue(string text) => text.All(character => character is >= ' ' and <= '~');

    private static string? ProblemOf(string name, string? value, bool required) => value switch
    {
        _ when string.IsNullOrWhiteSpace(value) => required ? $"The {name} is empty." : null,
        _ => IsHeaderValue(value!) ? null : $"The {name} contains a line break, another control character or a character that is not ASCII. Check it for copying errors.",
    };
}
