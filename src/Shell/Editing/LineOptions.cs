using System;
using System.Management.Automation;

namespace AppRunner.Shell.Editing;

/// <summary>What a line being edited can do beyond plain typing.</summary>
internal sealed class LineOptions
{
    /// <summary>Show an asterisk for each character.</summary>
    public bool Masked { get; init; }

    public LineHistory? History { get; init; }

    /// <summary>Finds the completions at a position in a text.</summary>
    public Func<string, int, CommandCompletion?>? Complete { get; init; }

    /// <summary>Whether Enter has to open a further line, because the text so far is only the start of a statement.</summary>
    public Func<string, bool>? IsIncomplete { get; init; }
}
