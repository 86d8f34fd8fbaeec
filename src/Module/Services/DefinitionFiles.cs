using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>Finds and reads the files that a user names.</summary>
internal static class DefinitionFiles
{
    /// <summary>Finds the files of a pattern.</summary>
    /// <param name="command">The cmdlet, which has the current folder.</param>
    /// <param name="pattern">A path with or without wildcards.</param>
    /// <returns>At least one file system path.</returns>
    /// <exception cref="InvalidParameterException">No file matches.</exception>
    public static Collection<string> Resolve(PSCmdlet command, string pattern)
    {
        try
        {
            // For wildcards without a match the engine returns an empty list. Here that is an error.
            var found = command.GetResolvedProviderPathFromPSPath(pattern, out _);
            return found.Count > 0 ? found : throw new InvalidParameterException($"Path: no file matches '{pattern}'.");
        }
        catch (SessionStateException missing)
        {
            throw new InvalidParameterException($"Path: no file matches '{pattern}': {FailureText.Sentence(missing.Message)}", missing);
        }
    }

    /// <summary>Resolves a literal path.</summary>
    /// <param name="command">The cmdlet, which has the current folder.</param>
    /// <param name="path">The path.</param>
    /// <param name="parameter">The parameter that has the path, for messages.</param>
    /// <returns>The file system path.</returns>
    public static IEnumerable<string> ResolveLiterally(PSCmdlet command, string path, string parameter = "Path")
    {
        try
        {
            return [command.GetUnresolvedProviderPathFromPSPath(path)];
        }
        catch (SessionStateException missing)
        {
            throw new InvalidParameterException($"{parameter}: '{path}' cannot be read: {FailureText.Sentence(missing.Message)}", missing);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="file">The path.</param>
    /// <param name="read">Reads the file.</param>
    /// <param name="parameter">The parameter that has the path, for messages.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidParameterException">The file cannot be read.</exception>
    public static T Read<T>(string file, Func<string, T> read, string parameter = "Path")
    {
        try
        {
            return read(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidParameterException($"{parameter}: '{file}' cannot be read: {FailureText.Sentence(unreadable.Message)}", unreadable);
        }
    }
}
