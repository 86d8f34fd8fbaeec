namespace AppRunner.Shell.Editing;

/// <summary>How the editing of a line ended.</summary>
internal enum LineOutcome
{
    /// <summary>Enter.</summary>
    Accepted,

    /// <summary>Ctrl+C.</summary>
    Cancelled,

    /// <summary>Ctrl+D on an empty line, or the end of the input.</summary>
    EndOfInput,
}
