using System.Text;

namespace AppRunner.Shell.Editing;

/// <summary>Text with a cursor; the cursor never stands within a surrogate pair.</summary>
internal sealed class LineBuffer
{
    private readonly StringBuilder _text = new();

    public int Cursor { get; private set; }

    public int Length => _text.Length;

    public override string ToString() => _text.ToString();

    public void Set(string text, int? cursor = null)
    {
        _text.Clear().Append(text);
        Cursor = cursor ?? text.Length;
    }

    public void Insert(string text)
    {
        _text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void Insert(char c)
    {
        _text.Insert(Cursor, c);
        Cursor++;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void Home()
    {
        while (Cursor > 0 && _text[Cursor - 1] != '\n')
            Cursor--;
    }

    public void End()
    {
        while (Cursor < _text.Length && _text[Cursor] != '\n')
            Cursor++;
    }

    public void WordLeft() => Cursor = WordStart();

    public void WordRight()
    {
        while (Cursor < _text.Length && !char.IsLetterOrDigit(_text[Cursor]))
            Cursor++;
        while (Cursor < _text.Length && char.IsLetterOrDigit(_text[Cursor]))
            Cursor++;
    }

    public void Backspace() => RemoveTo(Before(Cursor));

    public void BackspaceWord() => RemoveTo(WordStart());

    public void BackspaceToStart()
    {
        var end = Cursor;
        Home();
        _text.Remove(Cursor, end - Cursor);
    }

    public void Delete() => _text.Remove(Cursor, After(Cursor) - Cursor);

    public void DeleteToEnd()
    {
        var start = Cursor;
        End();
        _text.Remove(start, Cursor - start);
        Cursor = start;
    }

    private void RemoveTo(int start)
    {
        _text.Remove(start, Cursor - start);
        Cursor = start;
    }

    private int WordStart()
    {
        var index = Cursor;
        while (index > 0 && !char.IsLetterOrDigit(_text[index - 1]))
            index--;
        while (index > 0 && char.IsLetterOrDigit(_text[index - 1]))
            index--;
        return index;
    }

    private int Before(int index)
    {
        if (index == 0)
            return 0;
        index--;
        return index > 0 && char.IsLowSurrogate(_text[index]) && char.IsHighSurrogate(_text[index - 1]) ? index - 1 : index;
    }

    private int After(int index)
    {
        if (index >= _text.Length)
            return _text.Length;
        var pair = char.IsHighSurrogate(_text[index]) && index + 1 < _text.Length && char.IsLowSurrogate(_text[index + 1]);
        return index + (pair ? 2 : 1);
    }
}
