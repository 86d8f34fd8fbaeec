using System;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Client.Settings;

/// <summary>Reads settings from environment variables and files.</summary>
internal static class EnvironmentText
{
    /// <summary>A variable of the environment, null if it is absent or blank.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value.</returns>
    public static string? Variable(string name) => OrNull(Environment.GetEnvironmentVariable(name));

    /// <summary>The trimmed text; null if it is empty.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text or null.</returns>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    /// <summary>True, false or absent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">The source of the text, for the message.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidParameterException">It is not true or false.</exception>
    public static bool? Flag(string? text, string source) => text is null
        ? null
        : bool.TryParse(text, out var flag) ? flag : throw new InvalidParameterException($"{source} is {Quote(text)}. It must be true or false.");

    /// <summary>A rejected value for a message: in quotes, on one line, and not longer than one.</summary>
    /// <param name="text">The value.</param>
    /// <returns>The value with ? instead of control characters.</returns>
    public static string Quote(string text) => $"'{new string(text.Take(100).Select(character => char.IsControl(character) ? '?' : character).ToArray())}'";
}
