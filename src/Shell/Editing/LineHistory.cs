using System.Collections.Generic;

namespace AppRunner.Shell.Editing;

/// <summary>The lines entered in this session, and the place in them while somebody leafs through.</summary>
internal sealed class LineHistory
{
    private const int Capacity = 1000;
    private readonly List<string> _lines = [];
    private int _position;
    private string _unfinished = "";

    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
            if (_lines.Count > Capacity)
                _lines.RemoveAt(0);
        }

        _position = _lines.Count;
    }

    /// <summary>The line before; null at the oldest. What was being typed is kept for the way back.</summary>
    public string? Previous(string current)
    {
        if (_position == 0)
            return null;
        if (_position == _lines.Count)
            _unfinished = current;
        return _lines[--_position];
    }

    /// <summary>The line after, at last what was being typed; null at the end.</summary>
    public string? Next()
    {
        if (_position >= _lines.Count)
            return null;
        return ++_position == _lines.Count ? _unfinished : _lines[_position];
    }

    public void Rewind() => _position = _lines.Count;
}
