using System;
using System.Management.Automation.Host;
using AppRunner.Shell.Terminal;

namespace AppRunner.Shell.Hosting;

/// <summary>Size, position and single keys. What only a Windows console buffer can do is refused.</summary>
internal sealed class RawConsole(ConsoleTerminal terminal) : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition
    {
        get => terminal.IsOutputTerminal ? new Coordinates(Console.CursorLeft, Console.CursorTop) : new Coordinates(0, 0);
        set
        {
            if (terminal.IsOutputTerminal)
                terminal.Send($"\e[{value.Y + 1};{value.X + 1}H");
        }
    }

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw BufferOnly();
    }

    public override int CursorSize
    {
        get => 100;
        set => throw BufferOnly();
    }

    public override Size BufferSize
    {
        get => WindowSize;
        set => throw BufferOnly();
    }

    public override Size WindowSize
    {
        get => new(ConsoleTerminal.Width, ConsoleTerminal.Height);
        set => throw BufferOnly();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override bool KeyAvailable => !terminal.IsInputRedirected && Console.KeyAvailable;

    public override string WindowTitle
    {
        get => "";
        set
        {
            if (terminal.IsOutputTerminal)
                terminal.Send($"\e]0;{Text.OneLine(value)}\a");
        }
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (terminal.IsInputRedirected)
            throw new HostException("A key cannot be read: the input is not a terminal.");
        var key = Console.ReadKey(intercept: (options & ReadKeyOptions.NoEcho) != 0);
        ControlKeyStates state = 0;
        if ((key.Modifiers & ConsoleModifiers.Shift) != 0)
            state |= ControlKeyStates.ShiftPressed;
        if ((key.Modifiers & ConsoleModifiers.Control) != 0)
            state |= ControlKeyStates.LeftCtrlPressed;
        if ((key.Modifiers & ConsoleModifiers.Alt) != 0)
            state |= ControlKeyStates.LeftAltPressed;
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw BufferOnly();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // What Clear-Host does: the whole buffer with blanks.
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 })
            throw BufferOnly();
        if (terminal.IsOutputTerminal)
            terminal.Send("\e[H\e[2J\e[3J");
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw BufferOnly();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw BufferOnly();

    public override int LengthInBufferCells(string source) => Text.Cells(source);

    private static HostException BufferOnly() => new("A terminal has no buffer to read, move or resize.");
}
