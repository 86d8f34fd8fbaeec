using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>Reads apprunner.yaml. The implementation lies in AppRunner.SourceFile, which is loaded at its first use; it has a public constructor without parameters.</summary>
public interface ISourceFileReader
{
    /// <summary>Reads a text. Nothing that it can hold makes this throw.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="path">Where it comes from, for the problems.</param>
    /// <returns>What it says, null where it has an error; and all problems, in the order of their lines.</returns>
    (SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) Read(string text, string path);

    /// <summary>Reads a file of UTF-8 text. What is too large is refused without being read.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <returns>What it says, null where it has an error; and all problems, in the order of their lines.</returns>
    /// <exception cref="System.IO.IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="System.UnauthorizedAccessException">The file may not be read.</exception>
    (SourceFile? File, IReadOnlyList<SourceFileProblem> Problems) ReadFile(string path);
}
