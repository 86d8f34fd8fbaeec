using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation.Host;
using System.Text;
using System.Threading;

namespace AppRunner.Shell.Terminal;

/// <summary>
/// The one way to the console: what is a terminal and what a file, what may be coloured, and progress lines that
/// make room for other output.
/// </summary>
internal sealed class ConsoleTerminal : IDisposable
{
    private const int DefaultWidth = 120;
    private const int DefaultHeight = 40;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TextWriter _out;
    private readonly Timer _redraw;
    private IReadOnlyList<string> _wanted = [];
    private int _drawn;
    private string _line = "";
    private bool _redrawDue;
    private DateTime _lastDraw;

    public ConsoleTerminal()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = utf8;
        IsInputRedirected = Console.IsInputRedirected;
        var dumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        IsOutputTerminal = !Console.IsOutputRedirected && !dumb && AnsiSupport.Enable();
        var colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        OutputColour = IsOutputTerminal && colour;
        ErrorColour = !Console.IsErrorRedirected && !dumb && colour && (IsOutputTerminal || AnsiSupport.Enable());
        _out = Console.Out;
        _redraw = new Timer(_ => RedrawWhenDue(), null, Timeout.Infinite, Timeout.Infinite);
    }

    public bool IsInputRedirected { get; }

    /// <summary>The cursor can be moved: progress and line editing are possible.</summary>
    public bool IsOutputTerminal { get; }

    public bool OutputColour { get; }

    public bool ErrorColour { get; }

    public static int Width => Measure(() => Console.WindowWidth, DefaultWidth);

    public static int Height => Measure(() => Console.WindowHeight, DefaultHeight);

    /// <summary>What has been written since the last line end: the question that an answer is typed behind.</summary>
    public string CurrentLine
    {
        get
        {
            lock (_lock)
                return _line;
        }
    }

    public void Write(string text)
    {
        if (text.Length == 0)
            return;
        lock (_lock)
        {
            EraseProgress();
            _out.Write(PSHostUserInterface.GetOutputString(text, OutputColour));
            Follow(text);
            DrawProgress();
        }
    }

    /// <summary>Writes to standard error, or in its place on the terminal where both are the same screen.</summary>
    public void WriteErrorLine(string text)
    {
        lock (_lock)
        {
            EraseProgress();
            _out.Flush();
            Console.Error.WriteLine(PSHostUserInterface.GetOutputString(text, ErrorColour));
            if (!Console.IsErrorRedirected)
                _line = "";
            DrawProgress();
        }
    }

    /// <summary>Sends control sequences as they are; for the line editor, which only runs on a terminal.</summary>
    public void Send(string sequences)
    {
        lock (_lock)
        {
            _out.Write(sequences);
            _out.Flush();
            Follow(sequences);
        }
    }

    /// <summary>Replaces the progress lines. They are drawn at once or, after a recent drawing, a little later; none at all removes them at once.</summary>
    public void ShowProgress(IReadOnlyList<string> lines)
    {
        if (!IsOutputTerminal)
            return;
        lock (_lock)
        {
            _wanted = lines;
            if (lines.Count == 0)
            {
                EraseProgress();
                _out.Flush();
                return;
            }

            var wait = _lastDraw + RedrawInterval - DateTime.UtcNow;
            if (wait <= TimeSpan.Zero)
            {
                EraseProgress();
                DrawProgress();
            }
            else if (!_redrawDue)
            {
                _redrawDue = true;
                _redraw.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _redraw.Dispose();

    private static int Measure(Func<int> size, int otherwise)
    {
        try
        {
            return size() is > 0 and var cells ? cells : otherwise;
        }
        catch (IOException)
        {
            // No console at all, as in a service.
            return otherwise;
        }
    }

    private void Follow(string text)
    {
        var end = text.LastIndexOf('\n');
        _line = end < 0 ? _line + text : text[(end + 1)..];
    }

    private void RedrawWhenDue()
    {
        lock (_lock)
        {
            if (!_redrawDue)
                return;
            EraseProgress();
            DrawProgress();
        }
    }

    private void EraseProgress()
    {
        if (_drawn == 0)
            return;
        // The cursor rests at the end of the last progress line.
        var up = _drawn > 1 ? $"\e[{_drawn - 1}A" : "";
        _out.Write($"\r{up}\e[J\e[?25h");
        _drawn = 0;
    }

    private void DrawProgress()
    {
        _redrawDue = false;
        // A half-written line, such as a question, stays readable: progress comes back after its end.
        if (_wanted.Count == 0 || _line.Length > 0)
            return;
        _out.Write("\e[?25l" + string.Join('\n', _wanted));
        _out.Flush();
        _drawn = _wanted.Count;
        _lastDraw = DateTime.UtcNow;
    }
}
