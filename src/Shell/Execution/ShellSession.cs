using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;
using AppRunner.Shell.CommandLine;
using AppRunner.Shell.Editing;
using AppRunner.Shell.Hosting;
using AppRunner.Shell.Terminal;

namespace AppRunner.Shell.Execution;

/// <summary>One life of the shell: engine up, module in, commands run, exit code out.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly ConsoleTerminal _terminal;
    private readonly ShellArguments _arguments;
    private readonly ConsoleUserInterface _userInterface;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private readonly PipelineRunner _runner;
    private bool _atPrompt;

    public ShellSession(ConsoleTerminal terminal, ShellArguments arguments)
    {
        _terminal = terminal;
        _arguments = arguments;
        if (!terminal.OutputColour && !terminal.ErrorColour)
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        _userInterface = new ConsoleUserInterface(terminal, arguments.NonInteractive) { Hint = new MissingCommandHint() };
        _host = new ShellHost(_userInterface);
        _runspace = RunspaceFactory.CreateRunspace(_host, SessionDefaults.Create());
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runner = new PipelineRunner(_runspace, _userInterface);
        _userInterface.StopPipeline = () => _runner.Stop();
    }

    public int Run()
    {
        var modulePath = _arguments.ModulePath ?? ModuleLocation.Find(AppContext.BaseDirectory);
        if (modulePath is not null)
            PutFirst("PSModulePath", modulePath);
        _runspace.Open();
        _runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction += (_, missing) => _userInterface.Hint?.Note(missing.CommandName);
        Console.CancelKeyPress += OnControlC;
        try
        {
            ImportModule(modulePath);
            var exitCode = _arguments.Mode switch
            {
                ShellMode.File => RunFile(),
                ShellMode.Command => RunCommand(),
                ShellMode.StandardInput => RunStandardInput(),
                _ => RunPrompt(),
            };
            if (_arguments.NoExit && _host.ExitCode is null && !_terminal.IsInputRedirected && _arguments.Mode is ShellMode.File or ShellMode.Command)
                exitCode = RunPrompt();
            return _host.ExitCode ?? exitCode;
        }
        finally
        {
            Console.CancelKeyPress -= OnControlC;
        }
    }

    public void Dispose() => _runspace.Dispose();

    private static void PutFirst(string variable, string folder)
    {
        var others = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, string.IsNullOrEmpty(others) ? folder : folder + Path.PathSeparator + others);
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }

    private void ImportModule(string? modulePath)
    {
        if (modulePath is null)
        {
            _userInterface.WriteErrorLine("The AppRunner module was not found: build the solution first (dotnet build).");
            return;
        }

        // By name, PowerShell would look further where the given folder has none.
        var installed = _arguments.ModulePath is not null;
        if (installed && !ModuleLocation.IsInstalledIn(modulePath))
        {
            _userInterface.WriteErrorLine($"There is no module {ModuleLocation.Name} in '{modulePath}'.");
            return;
        }

        var import = new Command("Import-Module");
        import.Parameters.Add("Name", installed ? ModuleLocation.Name : ModuleLocation.ManifestIn(modulePath));
        _runner.RunCommand(import);
    }

    private int RunFile()
    {
        EngineInternals.LetNextScriptExit(_runspace);
        var script = new Command(_arguments.Text, isScript: false, useLocalScope: false);
        foreach (var argument in _arguments.ScriptArguments)
            script.Parameters.Add(ToParameter(argument));
        return _runner.RunCommand(script) switch
        {
            PipelineRunner.Ending.Failed => ExitCodes.Failure,
            // A script that was stopped counts as ended, not as failed: so it is under pwsh -File.
            _ => ExitCodes.Success,
        };
    }

    private static CommandParameter ToParameter(string argument)
    {
        if (argument.Length < 2 || argument[0] != '-' || !(char.IsLetter(argument[1]) || argument[1] == '_'))
            return new CommandParameter(null, argument);
        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        // With its dash it is a name only: the engine's binder knows whether the next argument is its value.
        return colon > 0 && colon < argument.Length - 1
            ? new CommandParameter(argument[1..colon], Truth(argument[(colon + 1)..]))
            : new CommandParameter(argument);
    }

    private static object Truth(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };

    private int RunCommand() => ExitCodeOf(_runner.RunScript(_arguments.Text));

    private int ExitCodeOf(PipelineRunner.Ending ending) => ending switch
    {
        PipelineRunner.Ending.Completed when _runner.LastSucceeded() => ExitCodes.Success,
        _ => ExitCodes.Failure,
    };

    private int RunStandardInput()
    {
        var exitCode = ExitCodes.Success;
        var statement = new StringBuilder();
        while (_host.ExitCode is null)
        {
            var line = Console.In.ReadLine();
            if (line is not null)
                statement.Append(line).Append('\n');
            var text = statement.ToString();
            if (line is null && text.Length == 0)
                break;
            // A statement that never ends is run all the same: the parser's error says what is missing.
            if (line is not null && IsIncomplete(text))
                continue;
            statement.Clear();
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var ending = _runner.RunScript(text);
            exitCode = ExitCodeOf(ending);
            if (ending == PipelineRunner.Ending.Stopped)
                break;
        }

        return exitCode;
    }

    private int RunPrompt()
    {
        if (!_arguments.NoLogo)
        {
            _userInterface.WriteLine("PowerShell's engine with the AppRunner module. This is not a full PowerShell: for that, use pwsh and Import-Module AppRunner.");
            _userInterface.WriteLine("Get-Command -Module AppRunner lists its commands; exit or Ctrl+D leaves.");
        }

        var completer = new Completer(_runspace);
        var options = new LineOptions { History = new LineHistory(), Complete = completer.Complete, IsIncomplete = IsIncomplete };
        var editor = new LineEditor(_terminal);
        while (_host.ExitCode is null)
        {
            _atPrompt = true;
            var (outcome, text) = editor.Read(Prompt(), options);
            _atPrompt = false;
            if (outcome == LineOutcome.EndOfInput)
                break;
            if (outcome == LineOutcome.Cancelled || string.IsNullOrWhiteSpace(text))
                continue;
            options.History.Add(text);
            _runner.RunScript(text);
        }

        return ExitCodes.Success;
    }

    /// <summary>What the user's prompt function says, or a plain one where it fails.</summary>
    private string Prompt()
    {
        try
        {
            using var prompt = PowerShell.Create(_runspace);
            var text = string.Concat(prompt.AddCommand("prompt").Invoke().Select(part => part?.ToString()));
            return text.Length > 0 ? text : "PS> ";
        }
        catch (RuntimeException)
        {
            return "PS> ";
        }
    }

    private void OnControlC(object? sender, ConsoleCancelEventArgs args)
    {
        var requests = _runner.Stop();
        var interactive = _arguments.Mode == ShellMode.Interactive;
        // Nothing runs and nobody is at a prompt: the shell is just starting or ending, and the signal may do its work.
        args.Cancel = requests == 1 || (interactive && (_atPrompt || requests == 2));
        if (!args.Cancel)
            _terminal.ShowProgress([]);
        if (interactive && requests == 2)
            _userInterface.WriteWarningLine("The command has not stopped yet. Ctrl+C once more leaves the shell.");
    }
}
