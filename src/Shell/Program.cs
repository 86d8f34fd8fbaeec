using System;
using AppRunner.Shell.CommandLine;
using AppRunner.Shell.Execution;
using AppRunner.Shell.Terminal;

namespace AppRunner.Shell;

internal static class Program
{
    private static int Main(string[] args)
    {
        using var terminal = new ConsoleTerminal();
        ShellArguments arguments;
        try
        {
            arguments = ShellArguments.Parse(args, terminal.IsInputRedirected);
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            Console.Out.Write(ShellArguments.Usage);
            return ExitCodes.BadCommandLine;
        }

        if (arguments.Mode == ShellMode.Help)
        {
            Console.Out.Write(ShellArguments.Usage);
            return ExitCodes.Success;
        }

        using var session = new ShellSession(terminal, arguments);
        return session.Run();
    }
}
