using System;
using System.Globalization;
using System.Text;

namespace AppRunner.Shell.Terminal;

/// <summary>How much room text takes on a terminal.</summary>
internal static class Text
{
    /// <summary>Columns that a rune takes: none for combining marks, two for East Asian wide characters and emoji.</summary>
    public static int Cells(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control)
            return 0;
        return rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD)
            ? 2
            : 1;
    }

    public static int Cells(string text)
    {
        var cells = 0;
        foreach (var rune in text.EnumerateRunes())
            cells += Cells(rune);
        return cells;
    }

    /// <summary>Cut to that many columns, the cut shown by an ellipsis.</summary>
    public static string Fit(string text, int cells) =>
        Cells(text) <= cells ? text : text[..SplitAt(text, Math.Max(0, cells - 1))] + "…";

    public static string Pad(string text, int cells) => text + new string(' ', Math.Max(0, cells - Cells(text)));

    /// <summary>The index at which so many columns have passed, never within a surrogate pair.</summary>
    public static int SplitAt(string text, int cells)
    {
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cells -= Cells(rune);
            if (cells < 0)
                break;
            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    /// <summary>Control characters and line ends become spaces, so that one activity stays one line.</summary>
    public static string OneLine(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
            line.Append(char.IsControl(c) ? ' ' : c);
        return line.ToString().Trim();
    }
}
