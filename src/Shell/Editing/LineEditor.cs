using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using AppRunner.Shell.Terminal;

namespace AppRunner.Shell.Editing;

/// <summary>Reads a line, or a statement of several lines, from a terminal; where the input is no terminal, a plain line.</summary>
internal sealed class LineEditor(ConsoleTerminal terminal)
{
    private const string Continuation = ">> ";
    private readonly LineBuffer _buffer = new();
    private string _prompt = "";
    private bool _masked;
    private int _cursorRow;
    private CommandCompletion? _completion;

    private int PromptCells => Text.Cells(PSHostUserInterface.GetOutputString(_prompt, supportsVirtualTerminal: false));

    public (LineOutcome Outcome, string Text) Read(string prompt, LineOptions options)
    {
        if (terminal.IsInputRedirected || !terminal.IsOutputTerminal)
            return ReadPlain(prompt, options);

        _buffer.Set("");
        _masked = options.Masked;
        _completion = null;
        // The prompt makes progress lines give way before the editor takes over the screen; a question that
        // somebody else has begun on this line belongs to it, since every drawing starts at the line's beginning.
        terminal.Write(prompt);
        _prompt = terminal.CurrentLine;
        _cursorRow = Math.Max(0, PromptCells - 1) / ConsoleTerminal.Width;
        var controlC = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                if (HandleKey(Console.ReadKey(intercept: true), options) is { } outcome)
                {
                    options.History?.Rewind();
                    return (outcome, _buffer.ToString());
                }

                // Pasted text is drawn once, not once for each character.
                if (!Console.KeyAvailable)
                    Render();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = controlC;
        }
    }

    private (LineOutcome Outcome, string Text) ReadPlain(string prompt, LineOptions options)
    {
        terminal.Write(prompt);
        var line = Console.In.ReadLine();
        // What was typed elsewhere is not on the screen: show the line as an echo would, so that the output reads like a session.
        if (terminal.IsInputRedirected)
            terminal.Write((options.Masked ? "" : line) + "\n");
        return line is null ? (LineOutcome.EndOfInput, "") : (LineOutcome.Accepted, line);
    }

    private LineOutcome? HandleKey(ConsoleKeyInfo key, LineOptions options)
    {
        if (key.Key == ConsoleKey.Tab && options.Complete is not null)
        {
            Complete(options.Complete, forward: (key.Modifiers & ConsoleModifiers.Shift) == 0);
            return null;
        }

        _completion = null;
        var control = (key.Modifiers & ConsoleModifiers.Control) != 0;
        var alt = (key.Modifiers & ConsoleModifiers.Alt) != 0;
        switch (key.Key)
        {
            case ConsoleKey.Enter when options.IsIncomplete?.Invoke(_buffer.ToString()) == true:
                _buffer.End();
                _buffer.Insert('\n');
                break;
            case ConsoleKey.Enter:
                return Finish("", LineOutcome.Accepted);
            case ConsoleKey.C when control:
                return Finish("^C", LineOutcome.Cancelled);
            case ConsoleKey.D when control && _buffer.Length == 0:
                return Finish("", LineOutcome.EndOfInput);
            case ConsoleKey.L when control:
                terminal.Send("\e[H\e[2J");
                _cursorRow = 0;
                break;
            case ConsoleKey.LeftArrow when control || alt:
            case ConsoleKey.B when alt:
                _buffer.WordLeft();
                break;
            case ConsoleKey.RightArrow when control || alt:
            case ConsoleKey.F when alt:
                _buffer.WordRight();
                break;
            case ConsoleKey.LeftArrow:
            case ConsoleKey.B when control:
                _buffer.Left();
                break;
            case ConsoleKey.RightArrow:
            case ConsoleKey.F when control:
                _buffer.Right();
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                _buffer.Home();
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                _buffer.End();
                break;
            case ConsoleKey.UpArrow:
            case ConsoleKey.P when control:
                Recall(options.History?.Previous(_buffer.ToString()));
                break;
            case ConsoleKey.DownArrow:
            case ConsoleKey.N when control:
                Recall(options.History?.Next());
                break;
            case ConsoleKey.Backspace when control || alt:
            case ConsoleKey.W when control:
                _buffer.BackspaceWord();
                break;
            case ConsoleKey.Backspace:
            case ConsoleKey.H when control:
                _buffer.Backspace();
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when control:
                _buffer.Delete();
                break;
            case ConsoleKey.U when control:
                _buffer.BackspaceToStart();
                break;
            case ConsoleKey.K when control:
                _buffer.DeleteToEnd();
                break;
            case ConsoleKey.Escape:
                _buffer.Set("");
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _buffer.Insert(key.KeyChar);
                break;
        }

        return null;
    }

    private LineOutcome Finish(string mark, LineOutcome outcome)
    {
        // Leave from the end of the text, so that output never lands in the middle of a statement.
        _buffer.Set(_buffer.ToString());
        Render();
        terminal.Send(mark + "\n");
        return outcome;
    }

    private void Recall(string? line)
    {
        if (line is not null)
            _buffer.Set(line);
    }

    private void Complete(Func<string, int, CommandCompletion?> complete, bool forward)
    {
        _completion ??= complete(_buffer.ToString(), _buffer.Cursor);
        if (_completion is null || _completion.CompletionMatches.Count == 0)
        {
            _completion = null;
            terminal.Send("\a");
            return;
        }

        var match = _completion.GetNextResult(forward);
        var text = _buffer.ToString();
        var start = _completion.ReplacementIndex;
        var after = text[(start + _completion.ReplacementLength)..];
        var completed = text[..start] + match.CompletionText;
        _buffer.Set(completed + after, completed.Length);
        // The next Tab replaces what this one put there.
        _completion.ReplacementLength = match.CompletionText.Length;
    }

    private void Render()
    {
        var text = _buffer.ToString();
        var shown = _masked ? new string('*', text.EnumerateRunes().Count()) : text;
        var cursor = _masked ? text[.._buffer.Cursor].EnumerateRunes().Count() : _buffer.Cursor;
        var width = ConsoleTerminal.Width;
        var row = 0;
        var column = PromptCells;
        var wrapPending = column > 0 && column % width == 0;
        row += column / width;
        column %= width;
        var (cursorRow, cursorColumn) = (row, column);

        var screen = new StringBuilder("\e[?25l\r");
        if (_cursorRow > 0)
            screen.Append("\e[").Append(_cursorRow).Append('A');
        screen.Append("\e[J").Append(PSHostUserInterface.GetOutputString(_prompt, terminal.OutputColour));
        var index = 0;
        foreach (var rune in shown.EnumerateRunes())
        {
            if (index == cursor)
                (cursorRow, cursorColumn) = (row, column);
            index += rune.Utf16SequenceLength;
            if (rune.Value == '\n')
            {
                screen.Append('\n').Append(Continuation);
                // A full line has already moved on to the next row.
                row += wrapPending ? 0 : 1;
                column = Continuation.Length;
                wrapPending = false;
                continue;
            }

            var cells = Text.Cells(rune);
            if (column + cells > width)
            {
                row++;
                column = 0;
            }

            screen.Append(rune.ToString());
            column += cells;
            wrapPending = column == width;
            if (wrapPending)
            {
                row++;
                column = 0;
            }
        }

        if (index == cursor)
            (cursorRow, cursorColumn) = (row, column);
        if (wrapPending)
            screen.Append(" \r");
        if (row > cursorRow)
            screen.Append("\e[").Append(row - cursorRow).Append('A');
        screen.Append('\r');
        if (cursorColumn > 0)
            screen.Append("\e[").Append(cursorColumn).Append('C');
        screen.Append("\e[?25h");
        _cursorRow = cursorRow;
        terminal.Send(screen.ToString());
    }
}
