using System;
using System.Globalization;
using System.Management.Automation.Host;
using System.Reflection;

namespace AppRunner.Shell.Hosting;

/// <summary>The engine's view of this program.</summary>
internal sealed class ShellHost(ConsoleUserInterface userInterface) : PSHost
{
    /// <summary>The exit code that a script asked for; null while none did.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "AppRunnerShell";

    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version ?? new Version(0, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => userInterface;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() =>
        throw new NotSupportedException("This shell has no nested prompt: answer Y, A, N or L.");

    public override void ExitNestedPrompt() =>
        throw new NotSupportedException("This shell has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
