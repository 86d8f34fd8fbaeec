using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using AppRunner.Shell.Editing;
using AppRunner.Shell.Execution;
using AppRunner.Shell.Terminal;

namespace AppRunner.Shell.Hosting;

/// <summary>Output with pwsh's prefixes and colours, progress, and questions to the user.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface, IHostUISupportsMultipleChoiceSelection
{
    private readonly ConsoleTerminal _terminal;
    private readonly ProgressArea _progress;
    private readonly LineEditor _editor;
    private readonly bool _nonInteractive;
    private bool _errorShown;

    public ConsoleUserInterface(ConsoleTerminal terminal, bool nonInteractive)
    {
        _terminal = terminal;
        _nonInteractive = nonInteractive;
        _progress = new ProgressArea(terminal);
        _editor = new LineEditor(terminal);
        RawUI = new RawConsole(terminal);
    }

    public override PSHostRawUserInterface RawUI { get; }

    public override bool SupportsVirtualTerminal => _terminal.OutputColour;

    /// <summary>What to say below the next error, once: set when a command is missing that the full PowerShell has.</summary>
    public MissingCommandHint? Hint { get; set; }

    /// <summary>Stops the running pipeline: called when Ctrl+C answers a question.</summary>
    public Action? StopPipeline { get; set; }

    public override void Write(string value) => WriteOutput(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        if (!_terminal.OutputColour || value.Length == 0)
        {
            WriteOutput(value);
            return;
        }

        var style = PSStyle.Instance;
        var colours = "";
        if (IsColour(foregroundColor) && foregroundColor != RawUI.ForegroundColor)
            colours += PSStyle.MapForegroundColorToEscapeSequence(foregroundColor);
        if (IsColour(backgroundColor) && backgroundColor != RawUI.BackgroundColor)
            colours += PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor);
        WriteOutput(colours.Length == 0 ? value : colours + value + style.Reset);
    }

    public override void WriteLine() => WriteOutput("\n");

    public override void WriteLine(string value) => WriteOutput(value + "\n");

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        Write(foregroundColor, backgroundColor, value);
        WriteLine();
    }

    public override void WriteErrorLine(string value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        _terminal.WriteErrorLine(value);
        _errorShown = true;
    }

    public override void WriteDebugLine(string message) => WriteStyledLine(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteStyledLine(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteStyledLine(PSStyle.Instance.Formatting.Warning, "WARNING: " + message);

    public override void WriteInformation(InformationRecord record)
    {
        // The engine has already written what is to be seen; the host gets every record only to keep it.
    }

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Update(sourceId, record);

    /// <summary>Removes what an ended pipeline left of its progress, and says what is still to be said.</summary>
    public void EndPipeline()
    {
        _progress.Reset();
        WriteDueHint();
    }

    public override string ReadLine()
    {
        RefuseWhenNonInteractive();
        var (outcome, text) = _editor.Read("", new LineOptions());
        // Nothing more to read is no error here: pwsh gives null, too.
        return outcome == LineOutcome.EndOfInput ? null! : Answer(outcome, text);
    }

    public override SecureString ReadLineAsSecureString() => Secret("");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        ArgumentNullException.ThrowIfNull(descriptions);
        RefuseWhenNonInteractive();
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in descriptions)
            answers[field.Name] = PSObject.AsPSObject(AskField(field));
        return answers;
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RefuseWhenNonInteractive();
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
            userName = Ask("User: ", new LineOptions());
        // The engine takes null for "no credential": what pwsh does on an empty user.
        if (userName.Length == 0)
            return null!;
        return new PSCredential(userName, Secret($"Password for user {userName}: "));
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var keys = PrepareChoices(caption, message, choices);
        while (true)
        {
            WriteChoices(choices, keys, defaultChoice < 0 ? [] : [defaultChoice]);
            var answer = Ask("", new LineOptions()).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            if (answer == "?")
                WriteChoiceHelp(choices, keys);
            else if (FindChoice(choices, keys, answer) is { } index)
                return index;
        }
    }

    public Collection<int> PromptForChoice(string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices)
    {
        var keys = PrepareChoices(caption, message, choices);
        var defaults = (defaultChoices ?? []).ToList();
        WriteChoices(choices, keys, defaults);
        WriteLine();
        var chosen = new Collection<int>();
        while (true)
        {
            var answer = Ask($"Choice[{chosen.Count}]: ", new LineOptions()).Trim();
            if (answer.Length == 0)
                return chosen.Count == 0 ? new Collection<int>(defaults) : chosen;
            if (answer == "?")
                WriteChoiceHelp(choices, keys);
            else if (FindChoice(choices, keys, answer) is { } index)
                chosen.Add(index);
        }
    }

    private static bool IsColour(ConsoleColor colour) => colour is >= ConsoleColor.Black and <= ConsoleColor.White;

    private static (string Key, string Label) ReadLabel(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        if (mark < 0 || mark + 1 >= choice.Label.Length)
            return ("", choice.Label.Replace("&", "", StringComparison.Ordinal));
        return (choice.Label.Substring(mark + 1, 1).ToUpperInvariant(), choice.Label.Remove(mark, 1));
    }

    private static int? FindChoice(Collection<ChoiceDescription> choices, List<string> keys, string answer)
    {
        for (var i = 0; i < choices.Count; i++)
        {
            if (answer.Equals(ReadLabel(choices[i]).Label, StringComparison.CurrentCultureIgnoreCase)
                || (keys[i].Length > 0 && answer.Equals(keys[i], StringComparison.CurrentCultureIgnoreCase)))
            {
                return i;
            }
        }

        return null;
    }

    private void WriteOutput(string text)
    {
        WriteDueHint();
        _terminal.Write(text);
    }

    private void WriteDueHint()
    {
        // An error comes line by line: the hint waits until the whole of it is on the screen.
        if (!_errorShown)
            return;
        _errorShown = false;
        if (Hint?.Take() is { } hint)
            _terminal.WriteErrorLine(Styled(PSStyle.Instance.Formatting.Warning, hint));
    }

    private string Styled(string style, string text) => _terminal.ErrorColour ? style + text + PSStyle.Instance.Reset : text;

    private void WriteStyledLine(string style, string text) =>
        WriteLine(_terminal.OutputColour ? style + text + PSStyle.Instance.Reset : text);

    private void WriteHeading(string? caption, string? message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            WriteLine();
            WriteLine(_terminal.OutputColour ? PSStyle.Instance.Bold + caption + PSStyle.Instance.Reset : caption);
        }

        if (!string.IsNullOrEmpty(message))
            WriteLine(message);
    }

    private List<string> PrepareChoices(string? caption, string? message, Collection<ChoiceDescription> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        RefuseWhenNonInteractive();
        WriteHeading(caption, message);
        return choices.Select(choice => ReadLabel(choice).Key).ToList();
    }

    private void WriteChoices(Collection<ChoiceDescription> choices, List<string> keys, List<int> defaults)
    {
        var style = PSStyle.Instance;
        for (var i = 0; i < choices.Count; i++)
        {
            var text = keys[i].Length == 0 ? ReadLabel(choices[i]).Label : $"[{keys[i]}] {ReadLabel(choices[i]).Label}";
            if (_terminal.OutputColour && defaults.Contains(i))
                text = style.Foreground.BrightYellow + text + style.Reset;
            _terminal.Write(text + "  ");
        }

        _terminal.Write("[?] Help");
        var names = string.Join(',', defaults.Select(i => keys[i].Length == 0 ? ReadLabel(choices[i]).Label : keys[i]));
        if (defaults.Count == 1)
            _terminal.Write($" (default is \"{names}\"): ");
        else if (defaults.Count > 1)
            _terminal.Write($" (default choices are {names})");
        else
            _terminal.Write(": ");
    }

    private void WriteChoiceHelp(Collection<ChoiceDescription> choices, List<string> keys)
    {
        for (var i = 0; i < choices.Count; i++)
            WriteLine($"{(keys[i].Length == 0 ? ReadLabel(choices[i]).Label : keys[i])} - {choices[i].HelpMessage}");
    }

    private object? AskField(FieldDescription field)
    {
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? Type.GetType(field.ParameterTypeFullName) ?? typeof(string);
        if (type == typeof(SecureString))
            return Secret(field.Name + ": ");
        if (type == typeof(PSCredential))
            return PromptForCredential(null!, null!, null!, "");
        if (!type.IsArray)
            return AskValue(field.Name + ": ", type, field);

        var values = new List<object?>();
        while (true)
        {
            var value = AskValue($"{field.Name}[{values.Count}]: ", type.GetElementType()!, field);
            if (value is null or "")
                break;
            values.Add(value);
        }

        return LanguagePrimitives.ConvertTo(values.ToArray(), type, System.Globalization.CultureInfo.InvariantCulture);
    }

    private object? AskValue(string prompt, Type type, FieldDescription field)
    {
        while (true)
        {
            var answer = Ask(prompt, new LineOptions());
            if (answer == "!?" && !string.IsNullOrEmpty(field.HelpMessage))
            {
                WriteLine(field.HelpMessage);
                continue;
            }

            if (answer.Length == 0)
                return type == typeof(string) ? "" : null;
            try
            {
                return LanguagePrimitives.ConvertTo(answer, type, System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (PSInvalidCastException wrong) when (!_terminal.IsInputRedirected)
            {
                // Somebody sits there: say what is wrong and ask again.
                WriteErrorLine(wrong.Message);
            }
        }
    }

    private SecureString Secret(string prompt)
    {
        var secret = new SecureString();
        foreach (var c in Ask(prompt, new LineOptions { Masked = true }))
            secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }

    private string Ask(string prompt, LineOptions options)
    {
        RefuseWhenNonInteractive();
        var (outcome, text) = _editor.Read(prompt, options);
        return Answer(outcome, text);
    }

    private string Answer(LineOutcome outcome, string text)
    {
        switch (outcome)
        {
            case LineOutcome.Accepted:
                return text;
            case LineOutcome.Cancelled:
                StopPipeline?.Invoke();
                throw new PipelineStoppedException();
            default:
                throw new HostException("The input ended before the question was answered.");
        }
    }

    private void RefuseWhenNonInteractive()
    {
        if (_nonInteractive)
            throw new HostException("A question cannot be asked: the shell was started with -NonInteractive.");
    }
}
