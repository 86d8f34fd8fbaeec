using System;

namespace AppRunner.Packaging;

/// <summary>Why no package is made.</summary>
/// <param name="file">The file to look at.</param>
/// <param name="message">What is wrong with it, and what to do.</param>
internal sealed class PackagingException(string file, string message) : Exception(message)
{
    /// <summary>The file to look at.</summary>
    public string File { get; } = file;
}
