using System;

namespace AppRunner.Packaging;

/// <summary>The package cannot be created.</summary>
/// <param name="file">The file with the problem.</param>
/// <param name="message">The problem and what to do.</param>
internal sealed class PackagingException(string file, string message) : Exception(message)
{
    /// <summary>The file with the problem.</summary>
    public string File { get; } = file;
}
