using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AppRunner.Module.Tests.Support;

/// <summary>A host that answers prompts as a test sets, and records its output.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly UserInterface ui = new();

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Tests";

    public override Version Version { get; } = new(1, 0);

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => ui;

    /// <summary>The label of the choice for prompts, such as <c>Yes</c>; null: a prompt fails the test.</summary>
    public string? Reply
    {
        get => ui.Reply;
        set => ui.Reply = value;
    }

    /// <summary>The exception of a prompt if Reply is null; null: a prompt fails the test.</summary>
    public Exception? Unanswered
    {
        get => ui.Unanswered;
        set => ui.Unanswered = value;
    }

    /// <summary>Called with each progress record.</summary>
    public Action<ProgressRecord>? ProgressShown
    {
        get => ui.ProgressShown;
        set => ui.ProgressShown = value;
    }

    /// <summary>Called with each prompt, on the thread that shows it.</summary>
    public Action<string>? QuestionAsked
    {
        get => ui.QuestionAsked;
        set => ui.QuestionAsked = value;
    }

    /// <summary>The prompts that were shown.</summary>
    public ConcurrentQueue<string> Questions => ui.Questions;

    /// <summary>Warnings that were written through the host, not the pipeline.</summary>
    public ConcurrentQueue<string> WarningLines => ui.WarningLines;

    /// <summary>Lines that were written to the host.</summary>
    public ConcurrentQueue<string> Screen => ui.Screen;

    /// <summary>Clears everything.</summary>
    public void Reset()
    {
        (Reply, Unanswered, ProgressShown, QuestionAsked) = (null, null, null, null);
        Questions.Clear();
        WarningLines.Clear();
        Screen.Clear();
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class UserInterface : PSHostUserInterface
    {
        public string? Reply { get; set; }

        public Exception? Unanswered { get; set; }

        public Action<ProgressRecord>? ProgressShown { get; set; }

        public Action<string>? QuestionAsked { get; set; }

        public ConcurrentQueue<string> Questions { get; } = new();

        public ConcurrentQueue<string> WarningLines { get; } = new();

        public ConcurrentQueue<string> Screen { get; } = new();

        public override PSHostRawUserInterface? RawUI => null;

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Enqueue(message);
            QuestionAsked?.Invoke(message);
            for (var index = 0; index < choices.Count; index++)
            {
                if (choices[index].Label.Replace("&", string.Empty, StringComparison.Ordinal) == Reply)
                    return index;
            }

            throw Unanswered ?? new InvalidOperationException("The test did not expect a prompt: " + message);
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            throw new InvalidOperationException("The test did not expect a prompt: " + message);

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override void Write(string value) => Screen.Enqueue(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Screen.Enqueue(value);

        public override void WriteLine(string value) => Screen.Enqueue(value);

        public override void WriteErrorLine(string value) => Screen.Enqueue(value);

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord record) => ProgressShown?.Invoke(record);

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteWarningLine(string message) => WarningLines.Enqueue(message);
    }
}
