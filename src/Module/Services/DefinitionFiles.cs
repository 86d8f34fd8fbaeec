using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Services;

/// <summary>The files that definitions of services come from.</summary>
internal static class DefinitionFiles
{
    /// <summary>What is said of JSON that is no object.</summary>
    public const string NoObject = "the document must be a JSON object with the members of CreateService.";

    /// <summary>The files that a pattern means.</summary>
    /// <param name="command">The cmdlet, which knows the current folder.</param>
    /// <param name="pattern">A path with or without wildcards.</param>
    /// <returns>At least one path of the file system.</returns>
    /// <exception cref="InvalidParameterException">There is none.</exception>
    public static Collection<string> Resolve(PSCmdlet command, string pattern)
    {
        try
        {
            // The engine takes wildcards that match nothing for an empty list; here that is a mistake in the path.
            var found = command.GetResolvedProviderPathFromPSPath(pattern, out _);
            return found.Count > 0 ? found : throw new InvalidParameterException($"Path: no file matches '{pattern}'.");
        }
        catch (SessionStateException missing)
        {
            throw new InvalidParameterException($"Path: no file matches '{pattern}': {missing.Message}", missing);
        }
    }

    /// <summary>The file that a path means literally.</summary>
    /// <param name="command">The cmdlet, which knows the current folder.</param>
    /// <param name="path">The path.</param>
    /// <returns>The path of the file system.</returns>
    public static IEnumerable<string> ResolveLiterally(PSCmdlet command, string path)
    {
        try
        {
            return [command.GetUnresolvedProviderPathFromPSPath(path)];
        }
        catch (SessionStateException missing)
        {
            throw new InvalidParameterException($"Path: '{path}' cannot be read: {missing.Message}", missing);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">What it is read as.</typeparam>
    /// <param name="file">Its path.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>What it is read as.</returns>
    /// <exception cref="InvalidParameterException">It cannot be read.</exception>
    public static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidParameterException($"Path: '{file}' cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The members of a definition that is written as JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Where it comes from.</param>
    /// <returns>The members.</returns>
    /// <exception cref="InvalidParameterException">It is no JSON object.</exception>
    public static Dictionary<string, object?> Parse(string text, string file) => JsonGraph.Parse(text, file) as Dictionary<string, object?>
        ?? throw new InvalidParameterException($"{file}: {NoObject}");
}
